// Starts a transcription of a call, for the API and for the flow action alike (contract C.5).
import type { LiveCall } from '../call/live-call.ts'
import { ApiError } from '../http/errors.ts'
import { NIL, type Transcribe } from '../store/resources.ts'
import type { World } from '../world.ts'
import { startTranscribing } from './live-transcribe.ts'

export interface TranscribeWish {
  language: string
  /** Anything but a known one becomes `both`. */
  direction?: unknown
  provider?: unknown
}

export function createTranscribe(world: World, live: LiveCall, wish: TranscribeWish): Transcribe {
  const { call } = live
  const running = world.store.transcribes.all(
    (row) => row.reference_id === call.id && row.language === wish.language && row.status === 'progressing',
  )
  if (running.length > 0)
    throw new ApiError(409, 'TRANSCRIBE_ALREADY_PROGRESSING', 'A transcribe runs on this call already.')
  const transcribe = world.store.transcribes.add({
    ...world.store.row(call.customer_id),
    activeflow_id: call.activeflow_id,
    on_end_flow_id: NIL,
    reference_type: 'call',
    reference_id: call.id,
    status: 'progressing',
    language: wish.language,
    direction: wish.direction === 'in' || wish.direction === 'out' ? wish.direction : 'both',
    provider: wish.provider === 'aws' ? 'aws' : 'gcp',
  })
  startTranscribing(world, live, transcribe)
  return transcribe
}
