// What every established session can do, whoever called: hang up, mute, hold, keys, and staying alive.
// Its states are drawn in common/model/phone.ts; how it gets there is in incoming.ts and outgoing.ts.
import { SessionState, type Session as SipSession } from 'sip.js'
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Session, SessionMedia } from '../../common/model/phone.ts'
import { createHold, type Hold } from './hold.ts'
import type { CallAudio } from './media-kit.ts'
import { createMediaWatch } from './media-watch.ts'
import { toByeEnding, toSilentEnding } from './outcome.ts'
import { createAside } from './session-aside.ts'
import { createSessionEnd, type SessionEnd } from './session-end.ts'
import { keepSessionTimer } from './session-refresh.ts'
import { createReinviter, type ReinviteRequest, type Reinviter } from './session-reinvite.ts'
import type { SessionTimer } from './session-timer.ts'
import { createTones, type Tones } from './session-tones.ts'
import { createSilenceWatch } from './silence-watch.ts'
import { watchReinviteAck } from './sipjs-patches.ts'
import { createTransfers, refuseReferral, type Transfers } from './transfer.ts'

export interface LiveSession {
  readonly id: string
  answer(): Promise<void>
  decline(): Promise<void>
  hangUp(): Promise<void>
  setMuted(muted: boolean): void
  readonly tones: Tones
  setHeld(held: boolean): Promise<void>
  onMedia(media: SessionMedia): void
  onDirection: Hold['onDirection']
  /** Another session is in front: this one is held, or if the far end refuses that, muted and silent. */
  park(): Promise<void>
  /** Off hold, heard again, with the microphone as the person had set it. */
  takeBack(): Promise<void>
  readonly transfers: Transfers
  /** The socket is lost; media lives on. */
  offline(): void
  /** Registered again: tells the far end where we are now. */
  online(): void
  levels(): { ear: number; microphone: number }
}

export interface SessionOptions {
  id: string
  scope: Scope
  audio: CallAudio
  get(): Session
  set(patch: Partial<Session>): void
  note(title: string, tone?: 'good' | 'bad' | 'plain'): void
  /** People speak here from now on, and so nowhere else. */
  onFront(): void
  isRegistered(): boolean
}

/** What incoming.ts and outgoing.ts build on. */
export interface Talk
  extends Pick<
    LiveSession,
    | 'setMuted'
    | 'tones'
    | 'setHeld'
    | 'onMedia'
    | 'onDirection'
    | 'park'
    | 'takeBack'
    | 'transfers'
    | 'offline'
    | 'online'
    | 'levels'
  > {
  readonly end: SessionEnd
  readonly timer: SessionTimer
  /** The dialog is confirmed: people hear each other, unless they speak elsewhere by now. */
  establish(elsewhere?: boolean): void
  /** Looks for another path of the media. */
  restartIce(): void
}

export function createTalk(sip: SipSession, options: SessionOptions, ours: boolean): Talk {
  const { audio, scope, get, set, note, isRegistered } = options
  const end = createSessionEnd({ sip, scope, get, set, note })
  const reinviter = createReinviter({ sip, scope, ours, isRegistered, note })
  const timer = keepSessionTimer(sip, {
    scope,
    refresh: () => refresh(false),
    expire() {
      const reason = 'the session timer ran out: nobody refreshed the call'
      void end.withBye({ outcome: 'failed', reason }, new AppError('call.gone', { detail: reason }))
    },
  })
  const ask = async (iceRestart: boolean) => {
    // Any re-INVITE is a refresh as well (RFC 4028 section 7.4).
    const answer = await askOrEnd(reinviter, end, { iceRestart, headers: timer.askHeaders() })
    if (answer.status >= 200 && answer.status < 300) timer.heardAnswer({ getHeader: answer.header })
    return answer
  }
  const hold = createHold({ audio, get, set, reinvite: () => ask(false) })
  const { resume, ...aside } = createAside(options, hold)
  const refresh = (iceRestart: boolean) => {
    if (get().status !== 'established') return
    ask(iceRestart).then(
      ({ status }) => note(`re-INVITE answered with ${status}`, status < 300 ? 'good' : 'bad'),
      () => {},
    )
  }
  const transfers = createTransfers({
    scope,
    sip,
    get,
    set,
    note,
    hold: () => hold.set(true),
    resume,
    leave: () => void end.withBye({ outcome: 'transferred' }),
  })
  followDialog(sip, { end, transfers, note, onAck: () => reinviter.acknowledged() })
  endWithoutAck(sip, end)
  sip.stateChange.addListener((state) => {
    if (state !== SessionState.Terminated) return
    // A refusal is told after the change of state; it knows better why.
    queueMicrotask(() => end.now(toSilentEnding(get()), audio.refusal()))
  })
  return {
    end,
    timer,
    establish(elsewhere = false) {
      set({ status: 'established', answeredAt: Date.now(), error: undefined })
      audio.start()
      if (elsewhere) void aside.park()
      else options.onFront()
    },
    restartIce: () => refresh(true),
    ...aside,
    setHeld(held) {
      transfers.heldByPerson()
      return aside.setHeld(held)
    },
    tones: createTones({ sip, scope, audio, get, set, lost: () => endLost(end) }),
    onMedia: watchMedia(options, end, refresh),
    onDirection: hold.onDirection,
    transfers,
    offline: () => reinviter.offline(),
    online() {
      // Whatever is asked already tells the far end where we are.
      if (!reinviter.asking) refresh(false)
      reinviter.online()
    },
    levels: () => audio.levels(),
  }
}

/** SIP.js leaves the answers to us; without them the far end waits. */
function followDialog(
  sip: SipSession,
  parts: { end: SessionEnd; transfers: Transfers; note: SessionOptions['note']; onAck(): void },
): void {
  const { end, transfers, note, onAck } = parts
  sip.delegate = {
    onAck,
    onBye: (bye) => {
      end.because(transfers.endingOfBye() ?? toByeEnding(bye.request.getHeader('reason')))
      void bye.accept().catch(() => {})
    },
    onRefer: (referral) => refuseReferral(referral, note),
    onInfo: (info) => void info.accept().catch(() => {}),
    onNotify: (notification) => transfers.onNotify(notification),
  }
}

/** RFC 3261 section 14.2: without that ACK nobody knows what was agreed, and nothing else can be. */
function endWithoutAck(sip: SipSession, end: SessionEnd): void {
  sip.stateChange.addListener((state) => {
    if (state !== SessionState.Established || !sip.dialog) return
    watchReinviteAck(sip.dialog, () => {
      const reason = 'the other side did not acknowledge a change of the call'
      void end.withBye({ outcome: 'failed', reason }, new AppError('call.gone', { detail: reason }))
    })
  })
}

/** RFC 3261 section 12.2.1.2: after 481 the dialog is gone at the other side, after 408 nobody knows it. */
async function askOrEnd(reinviter: Reinviter, end: SessionEnd, request: ReinviteRequest) {
  const answer = await reinviter.ask(request)
  if (answer.status !== 481 && answer.status !== 408) return answer
  throw await endLost(end)
}

async function endLost(end: SessionEnd): Promise<AppError> {
  const reason = 'the call was over at the other side'
  await end.withBye({ outcome: 'hungUpByThem', reason })
  return new AppError('call.gone', { detail: reason })
}

function watchMedia(options: SessionOptions, end: SessionEnd, refresh: (iceRestart: boolean) => void) {
  const { audio, get, set } = options
  const watch = createMediaWatch()
  const silence = createSilenceWatch()
  return (media: SessionMedia) => {
    if (get().status !== 'established') return
    set({ media })
    const { byUs, byThem } = get().held
    const theyShouldSend = !byUs && !byThem
    const { packetsReceived } = media
    const verdict = watch.look(Date.now(), { ...audio.path(), packetsReceived, theyShouldSend })
    if (verdict === 'restart') refresh(true)
    if (silence.look(Date.now(), packetsReceived, theyShouldSend)) refresh(false)
    if (verdict === 'fine' || verdict === 'restart') return
    const code = verdict === 'never' ? 'media.iceFailed' : 'media.noAudioIn'
    const error = new AppError(code, { detail: 'no media path for 30 s' })
    const reason =
      verdict === 'never'
        ? 'no media path to the other side was found'
        : 'the other side is gone without a BYE'
    void end.withBye({ outcome: 'failed', reason }, error)
  }
}
