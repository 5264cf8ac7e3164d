// The checklist in its order.
import type { StepId } from '../../common/model/quickstart.ts'
import type { StepRow } from './step.ts'
import { answer, events, placeCall, ring } from './steps/call.ts'
import { hangUp } from './steps/hang-up.ts'
import { extension, register, signIn, subscribe } from './steps/prepare.ts'
import { greeting, speech, typed } from './steps/talk.ts'

export const steps: Record<StepId, StepRow> = {
  signIn,
  extension,
  subscribe,
  register,
  placeCall,
  ring,
  events,
  answer,
  greeting,
  speech,
  say: typed,
  hangUp,
}
