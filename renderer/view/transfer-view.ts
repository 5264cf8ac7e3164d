// Handing a call over: what can be asked for, and how it goes.

import type { ErrorData } from '../../common/kit/errors.ts'
import { readTarget } from '../../common/model/dial-target.ts'
import type { Session, Transfer } from '../../common/model/phone.ts'
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
      return { tone: 'busy', text: `Asking them to call ${to}`, ...none }
    case 'trying':
      return { tone: 'busy', text: `They are calling ${to}`, ...none }
    case 'ringing':
      return { tone: 'busy', text: `It rings at ${to}`, ...none }
    case 'done':
      return { tone: 'good', text: `They speak with ${to}`, ...none }
    case 'failed':
      return toFailure(to, error, sipStatus)
  }
}

function toFailure(to: string, error: ErrorData | undefined, sipStatus: number | undefined): TransferOutcome {
  const unknown = error?.code === 'call.transferUnknown'
  const reason = unknown
    ? 'nobody tells'
    : error?.code === 'call.transferRefused'
      ? 'they do not accept a transfer'
      : sipStatus && toSipWords(sipStatus)
  return {
    tone: unknown ? 'warn' : 'bad',
    text: unknown ? `Whether ${to} took the call` : `Not transferred to ${to}`,
    reason: reason || undefined,
    remedy: error?.remedy,
    detail: [error?.detail, sipStatus && `status ${sipStatus}`, error?.code].filter(Boolean).join(' · '),
  }
}
