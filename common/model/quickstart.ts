// The main job as a checklist: each step has a state, a proof, a time and, on failure, a cause and a remedy.
import type { ErrorData } from '../kit/errors.ts'
import type { Phrase } from '../words/placeholders.ts'
import { phrase, say } from '../words/say.ts'
import type { Account } from './account.ts'
import { whyNot } from './roles.ts'

export const stepIds = [
  'signIn',
  'extension',
  'subscribe',
  'register',
  'placeCall',
  'ring',
  'events',
  'answer',
  'greeting',
  'speech',
  'say',
  'hangUp',
] as const
export type StepId = (typeof stepIds)[number]

/**   waiting → running → passed | failed;   waiting → skipped (a step before it failed, or its proof says why it is closed)   */
export type StepState = 'waiting' | 'running' | 'passed' | 'failed' | 'skipped'

export interface Step {
  id: StepId
  state: StepState
  startedAt?: number | undefined
  ms?: number | undefined
  /** Evidence in words and figures, also while running. Never "no error". */
  proof?: string | undefined
  error?: ErrorData | undefined
}

/** Why a step is not for whoever is signed in: the test call and all that need it (contract C.10). */
export function whyNotStep(account: Account, id: StepId): string | undefined {
  if (stepIds.indexOf(id) < stepIds.indexOf('placeCall')) return undefined
  const closed = whyNot(account, 'placeCalls')
  if (closed === undefined || id === 'placeCall') return closed
  return say('Needs the test call, which this account may not place.')
}

export type QuickstartStatus = 'idle' | 'running' | 'passed' | 'failed' | 'stopped'

export interface Quickstart {
  status: QuickstartStatus
  steps: Step[]
  startedAt?: number | undefined
  endedAt?: number | undefined
  /** The platform call and the SIP session of this run. */
  callId?: string | undefined
  sessionId?: string | undefined
}

/** What each step is called, and what counts as its proof. */
export const stepTexts: Record<StepId, { title: Phrase; proves: Phrase }> = {
  signIn: { title: phrase('Sign in'), proves: phrase('Customer, role and expiry are known.') },
  extension: {
    title: phrase('Provision an extension'),
    proves: phrase('This machine’s own extension exists on the platform.'),
  },
  subscribe: {
    title: phrase('Subscribe to events'),
    proves: phrase('The event socket is open and no topic was refused.'),
  },
  register: {
    title: phrase('Register the phone'),
    proves: phrase('200 OK with our Contact, its expiry running.'),
  },
  placeCall: {
    title: phrase('Place the test call'),
    proves: phrase('The platform answered with the ids of the call.'),
  },
  ring: {
    title: phrase('The phone rings'),
    proves: phrase('An INVITE arrived and was matched with the call.'),
  },
  events: {
    title: phrase('Events arrive'),
    proves: phrase('An event about this very call came over the socket.'),
  },
  answer: { title: phrase('Answer'), proves: phrase('RTP packets flow both ways.') },
  greeting: {
    title: phrase('Hear and read the greeting'),
    proves: phrase('Sound in the ear, and its transcript on screen.'),
  },
  speech: { title: phrase('Speak'), proves: phrase('Your speech was noticed and transcribed.') },
  say: {
    title: phrase('Say typed text'),
    proves: phrase('The typed text was queued, heard in the ear and transcribed.'),
  },
  hangUp: {
    title: phrase('Hang up'),
    proves: phrase('Both sides agree that the call has ended, and nothing is left behind.'),
  },
}

export const initialQuickstart: Quickstart = {
  status: 'idle',
  steps: stepIds.map((id) => ({ id, state: 'waiting' })),
}
