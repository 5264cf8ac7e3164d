// What is sent while there is no microphone: frames of nothing, because an edge cuts a leg that sends none (contract F.4).
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { SharedAudioContext } from './audio-context.ts'

/** A track that sends frames of nothing; it needs a source, or it sends no frames. */
export function openSilence(scope: Scope, shared: SharedAudioContext): MediaStreamTrack {
  const context = shared.use(scope)
  const source = new ConstantSourceNode(context, { offset: 0 })
  const out = new MediaStreamAudioDestinationNode(context)
  source.connect(out)
  source.start()
  scope.add(() => source.disconnect())
  const [track] = out.stream.getAudioTracks()
  if (!track) throw new AppError('media.micMissing')
  return track
}
