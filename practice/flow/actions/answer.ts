// `answer`: nothing to do on an outgoing leg (contract D).
import type { Action } from '../action.ts'

export const answer: Action = () => {}
