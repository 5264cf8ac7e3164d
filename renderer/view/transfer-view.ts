// Handing a call over: what can be asked for, and how it goes.

import type { ErrorData } from '../../common/kit/errors.ts'
import { readTarget } from '../../common/model/dial-target.ts'
import type { Session, Transfer } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toSipWords } from './sip-words.ts'
import type { Tone } from './tone.ts'

export interface TransferView {
  /** Sends them to the target at once. */
  blind: ((target: string) => void) | undefined
  /** Calls the target first; this call waits on hold meanwhile. */
  consult: ((target: string) => void) | undefined
  outcome: TransferOutcome | undefined
}

export interface TransferOutcome {
  tone: Tone
  text: string
  /** The new party's answer in plain words, such as `busy`. */
  reason: string | undefined
  /** What to do about a failure, and what the other side said. */
  remedy: string | undefined
  detail: string | undefined
}

export function isTransferRunning({ transfer }: Session): boolean {
  return transfer !== undefined && transfer.status !== 'done' && transfer.status !== 'failed'
}

export function toTransfer(session: Session, actions: Actions): TransferView {
  const possible =
    session.status === 'established' && !isTransferRunning(session) && session.transfer?.status !== 'done'
  return {
    blind: possible ? (target) => actions.transfer(session.id, target) : undefined,
    consult: possible ? (target) => actions.dial(target) : undefined,
    outcome: session.transfer && toOutcome(session.transfer),
  }
}

/** Why this text cannot be called, or nothing. An empty field is no mistake. */
export function whyNotTarget(text: string): string | undefined {
  if (text.trim() === '') return undefined
  const read = readTarget(text)
  return 'wrong' in read ? read.wrong : undefined
}

function toOutcome({ status, to, error, sipStatus }: Transfer): TransferOutcome {
  const none = { reason: undefined, remedy: undefined, detail: undefined }
  switch (status) {
    case 'asking':
      return { tone: 'busy', text: say('Asking them to call {to}', { to }), ...none }
    case 'trying':
      return { tone: 'busy', text: say('They are calling {to}', { to }), ...none }
    case 'ringing':
      return { tone: 'busy', text: say('It rings at {to}', { to }), ...none }
    case 'done':
      return { tone: 'good', text: say('They speak with {to}', { to }), ...none }
    case 'failed':
      return toFailure(to, error, sipStatus)
  }
}

function toFailure(to: string, error: ErrorData | undefined, sipStatus: number | undefined): TransferOutcome {
  const unknown = error?.code === 'call.transferUnknown'
  const reason = unknown
    ? say('nobody tells')
    : error?.code === 'call.transferRefused'
      ? say('they do not accept a transfer')
      : sipStatus && toSipWords(sipStatus)
  return {
    tone: unknown ? 'warn' : 'bad',
    text: unknown ? say('Whether {to} took the call', { to }) : say('Not transferred to {to}', { to }),
    reason: reason || undefined,
    remedy: error && say(error.remedy),
    detail: [error?.detail, sipStatus && say('status {status}', { status: sipStatus }), error?.code]
      .filter(Boolean)
      .join(' · '),
  }
}
