// Hands a call over: asks the other side to call somebody else (REFER), follows how that goes, leaves when it is done.
import type { Notification, Referral, Session as SipSession } from 'sip.js'
import { AppError, type ErrorCode, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { readTarget } from '../../common/model/dial-target.ts'
import type { Session, Transfer } from '../../common/model/phone.ts'
import type { Ending } from './outcome.ts'
import { sendRefer } from './refer.ts'
import { toReferTo, toReferToReplacing } from './refer-to.ts'
import { readNotify } from './sipfrag.ts'

export interface TransferOptions {
  /** Of the session. */
  scope: Scope
  sip: SipSession
  get(): Session
  set(patch: Partial<Session>): void
  note(title: string, tone?: 'good' | 'bad' | 'plain'): void
  /** By SIP; fails when the other side refuses. */
  hold(): Promise<void>
  /** Off hold; does nothing while another session is in front. */
  resume(): Promise<void>
  /** Says BYE; the session ends as `transferred`. */
  leave(): void
}

/** The transfers of one session, one at a time. The states are drawn at `Transfer` in common/model/phone.ts. */
export interface Transfers {
  /** Resolves when the other side accepted (202); what becomes of it is in the state. Fails with AppError. */
  blind(target: string): Promise<void>
  /** To the far end of a call that we have already; that call is replaced (RFC 3891). */
  attended(other: TransferTarget): Promise<void>
  /** Answers every NOTIFY of the dialog and reads those of a transfer. */
  onNotify(notification: Notification): void
  /** What a BYE of the other side means; `undefined` when no transfer plays a part. */
  endingOfBye(): Ending | undefined
  /** The person put the call on hold: it stays there, whatever becomes of a transfer. */
  heldByPerson(): void
  /** This call as the far end of another one's transfer. */
  readonly target: TransferTarget
}

export interface TransferTarget {
  readonly sip: SipSession
  get(): Session
  /** From now on a BYE of the other side may be the replacing of this call. */
  follow(transfer: () => Transfer | undefined): void
  /** Ends it in a moment, unless they do. */
  leaveSoon(): void
}

interface Attempt {
  transfer: Pick<Transfer, 'kind' | 'to'>
  referTo: string
  other?: TransferTarget
}

/** RFC 3515 section 2.4.4: the first NOTIFY follows the 202 at once. */
const firstNewsMs = 10_000
/** The platform rings for 60 s (contract F.6), and some more for setting up. */
const nextNewsMs = 90_000
/** RFC 5589 section 6.1: the BYE is ours to send. Many send it themselves, and sooner. */
const goodbyeMs = 2_000

export function createTransfers(options: TransferOptions): Transfers {
  const { scope, sip, get, set, note, leave } = options
  /** Of the last REFER; it grows when that is challenged. */
  let referCSeq: (() => number) | undefined
  let other: TransferTarget | undefined
  /** Held for this transfer, and so resumed after its failure; what a person put on hold stays there. */
  let heldByTransfer = false
  let followed: () => Transfer | undefined = () => undefined
  let stopWaiting = () => {}

  const leaveSoon = () => void scope.after(goodbyeMs, leave)

  const change = (patch: Partial<Transfer>) => {
    const { transfer } = get()
    if (transfer) set({ transfer: { ...transfer, ...patch } })
  }

  /** Nobody tells how it goes. The call stays held: they may speak with the new party already. */
  const loseSight = (why: string) => {
    stopWaiting()
    change({ status: 'failed', error: new AppError('call.transferUnknown', { detail: why }).toData() })
    note(`transfer: ${why}`, 'bad')
  }

  const waitForNews = (ms: number) => {
    stopWaiting()
    stopWaiting = scope.after(ms, () => loseSight(`no NOTIFY for ${ms / 1000} s`))
  }

  /** It came to nothing: the call goes on, and the consultation has no more to do with it. */
  const breakOff = (patch: Partial<Transfer>) => {
    stopWaiting()
    change({ ...patch, status: 'failed' })
    other = undefined
    if (!heldByTransfer || get().status !== 'established') return
    heldByTransfer = false
    options.resume().catch((thrown: unknown) => note(`still on hold: ${String(thrown)}`, 'bad'))
  }

  const fail = (code: ErrorCode, status: number, detail: string): AppError => {
    const error = new AppError(code, { status, detail })
    note(`transfer failed: ${status} ${detail}`, 'bad')
    breakOff({ sipStatus: status, error: error.toData() })
    return error
  }

  const succeed = (status: number) => {
    stopWaiting()
    change({ status: 'done', sipStatus: status, error: undefined })
    note(`transferred: ${status}`, 'good')
    // RFC 3891 section 3: the target says BYE to the one who was replaced. Ours is for those that forget it.
    other?.leaveSoon()
    leaveSoon()
  }

  const hold = async () => {
    heldByTransfer = true
    try {
      await options.hold()
    } catch (thrown) {
      heldByTransfer = false
      note(`transfer without hold: ${String(thrown)}`, 'bad')
    }
  }

  /** Resolves with the refusal, if it is one. */
  const ask = async ({ referTo, other: target }: Attempt) => {
    // RFC 5589 section 6.1: on hold first, or they would hear us while they are handed over.
    if (!get().held.byUs) await hold()
    if (get().status !== 'established') throw new AppError('call.gone')
    // Only as long as it is this transfer that we are at.
    target?.follow(() => (other === target ? get().transfer : undefined))
    note(`transfer: asking for ${referTo}`)
    const sent = sendRefer(sip, scope, referTo)
    referCSeq = () => sent.request.message.cseq
    return sent.refused
  }

  const start = async (attempt: Attempt) => {
    if (get().status !== 'established') throw new AppError('call.gone')
    if (isRunning(get().transfer)) throw new AppError('call.transferRunning')
    other = attempt.other
    set({ transfer: { ...attempt.transfer, status: 'asking' } })
    const refused = await ask(attempt).catch((thrown: unknown) => {
      const error = toAppError(thrown)
      // A NOTIFY or a BYE may have settled it before the answer was lost.
      if (isRunning(get().transfer)) breakOff({ error: error.toData() })
      throw error
    })
    if (refused) throw fail('call.transferRefused', refused.status, refused.reason)
    // A NOTIFY may overtake the 202.
    if (get().transfer?.status !== 'asking') return
    change({ status: 'trying' })
    waitForNews(firstNewsMs)
  }

  return {
    async blind(text) {
      const target = readTarget(text)
      if ('wrong' in target) throw new AppError('app.inputInvalid', { detail: target.wrong })
      const referTo = toReferTo(target, sip.userAgent.configuration.uri.host)
      const to = target.host === undefined ? target.user : `${target.user}@${target.host}`
      await start({ transfer: { kind: 'blind', to }, referTo })
    },

    async attended(target) {
      const { dialog } = target.sip
      const { status, remote } = target.get()
      if (!dialog || status !== 'established') throw new AppError('call.gone')
      const to = remote.displayName || remote.user || remote.host
      const referTo = toReferToReplacing(dialog)
      await start({ transfer: { kind: 'attended', to }, referTo, other: target })
    },

    onNotify(notification) {
      void notification.accept().catch(() => {})
      const { transfer } = get()
      const news = referCSeq && readNotify(notification.request, referCSeq())
      // After the outcome only a late word to somebody who was told "unknown" still counts.
      if (!news || !transfer || (!isRunning(transfer) && !isUnknown(transfer))) return
      const { status = 0, terminated, reason } = news
      if (status >= 300) return void fail('call.transferFailed', status, toReasonText(notification))
      if (status >= 200) return succeed(status)
      if (terminated) return loseSight(`the other side tells no more (${reason ?? 'no reason'})`)
      if (isUnknown(transfer) && status === 0) return
      // RFC 3515 section 2.4.5: 100 says only that they try.
      if (status > 100) change({ status: 'ringing', sipStatus: status, error: undefined })
      else if (transfer.status !== 'ringing') change({ status: 'trying', error: undefined })
      waitForNews(nextNewsMs)
    },

    endingOfBye() {
      const { transfer } = get()
      if (transfer?.status === 'done') return { outcome: 'transferred' }
      const following = followed()
      // RFC 3891 section 3: a call that is replaced ends with a BYE, and that may come before the news.
      if (following && following.status !== 'failed') return { outcome: 'transferred' }
      if (!isRunning(transfer) && !isUnknown(transfer)) return undefined
      loseSight('they hung up before they told how it went')
      return { outcome: 'hungUpByThem', reason: 'before it was known whether the transfer worked' }
    },

    heldByPerson() {
      heldByTransfer = false
    },

    target: {
      sip,
      get,
      leaveSoon,
      follow: (transfer) => {
        followed = transfer
      },
    },
  }
}

/** Nobody else decides whom we call: refused, and to be seen in the trace. */
export function refuseReferral(referral: Referral, note: TransferOptions['note']): void {
  note(`refused with 603: they ask us to call ${referral.request.getHeader('refer-to') ?? 'nobody'}`, 'bad')
  void referral.reject({ statusCode: 603 }).catch(() => {})
}

const isRunning = (transfer: Transfer | undefined): boolean =>
  transfer !== undefined && transfer.status !== 'done' && transfer.status !== 'failed'

const isUnknown = (transfer: Transfer | undefined): boolean =>
  transfer?.error?.code === 'call.transferUnknown'

/** `486 Busy Here` out of the body, without the protocol. */
function toReasonText({ request }: Notification): string {
  return /^\s*SIP\/2\.0[ \t]+\d{3}[ \t]+(.*)$/im.exec(request.body)?.[1]?.trim().slice(0, 100) ?? ''
}
