// One incoming session from INVITE to its end. Its states are drawn in common/model/phone.ts.
import { type Invitation, SessionState } from 'sip.js'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Session, SessionMedia } from '../../common/model/phone.ts'
import { parseTones, toInfoBody, tonesTakeMs } from './dtmf.ts'
import type { CallAudio } from './media-kit.ts'
import { createMediaWatch } from './media-watch.ts'
import { type Ending, toByeEnding, toCancelEnding, toSilentEnding } from './outcome.ts'

export interface LiveSession {
  readonly id: string
  answer(): Promise<void>
  decline(): Promise<void>
  hangUp(): Promise<void>
  setMuted(muted: boolean): void
  sendDtmf(tones: string): Promise<void>
  /** Tells the far end where we are now: a re-INVITE after a new registration (rig README, SIP.js 3). */
  refresh(iceRestart?: boolean): Promise<void>
  onMedia(media: SessionMedia): void
  /** Another session is in front: neither side hears the other. There is no hold yet. */
  setAside(): void
  /** Heard again; the microphone waits for the person. */
  bringBack(): void
  levels(): { ear: number; microphone: number }
}

export interface SessionOptions {
  id: string
  scope: Scope
  invitation: Invitation
  audio: CallAudio
  /** Rings until its scope ends. */
  ring(scope: Scope): void
  get(): Session
  set(patch: Partial<Session>): void
  note(title: string, tone?: 'good' | 'bad' | 'plain'): void
  /** People speak here from now on, and so nowhere else. */
  onFront(): void
  /** A refresh can only succeed while registered. */
  isRegistered(): boolean
}

const byeWaitMs = 2000

export function openSession(options: SessionOptions): LiveSession {
  const { invitation, audio, scope, get, set, note } = options
  const ringing = scope.child('ringing')
  const watch = createMediaWatch()
  let ending: Ending | undefined
  let endingError: AppError | undefined

  const end = (found: Ending, error?: AppError) => {
    if (get().status === 'ended') return
    set({
      status: 'ended',
      endedAt: Date.now(),
      outcome: found.outcome,
      ...(found.reason ? { reason: found.reason } : {}),
      ...(error ? { error: error.toData() } : {}),
    })
    note(`session ended: ${found.outcome}`, found.outcome === 'failed' ? 'bad' : 'plain')
    void scope.end()
  }

  invitation.delegate = {
    // SIP.js leaves the answers to us; without them the far end waits (rig README, SIP.js 1).
    onBye: (bye) => {
      ending ??= toByeEnding(bye.request.getHeader('reason'))
      void bye.accept().catch(() => {})
    },
    onCancel: (cancel) => {
      ending ??= toCancelEnding(cancel.request.getHeader('reason'))
    },
    onRefer: (referral) => void referral.reject({ statusCode: 603 }).catch(() => {}),
    onInfo: (info) => void info.accept().catch(() => {}),
    onMessage: (message) => void message.accept().catch(() => {}),
    onNotify: (notification) => void notification.accept().catch(() => {}),
  }
  invitation.stateChange.addListener((state) => {
    if (state === SessionState.Terminated) end(ending ?? toSilentEnding(get().status), endingError)
  })
  scope.add(() => ringing.end())
  options.ring(ringing)

  const established = () => {
    set({ status: 'established', answeredAt: Date.now() })
    audio.start()
    options.onFront()
  }

  const answer = async () => {
    const { status } = get()
    if (status === 'established') return
    if (status !== 'ringing') throw new AppError('call.gone')
    // What kept the last try from answering is over, or it is told anew.
    set({ status: 'answering', error: undefined })
    void ringing.end()
    try {
      await audio.ready()
    } catch (thrown) {
      const error = toAppError(thrown)
      // Still ringing at the caller: allow the microphone and answer again.
      if (get().status === 'answering') set({ status: 'ringing', error: error.toData() })
      throw error
    }
    try {
      await invitation.accept()
    } catch (thrown) {
      const error = new AppError('call.notAnswered', { detail: String(thrown), cause: thrown })
      end({ outcome: 'failed' }, error)
      throw error
    }
    // The promise is no proof: a CANCEL may have won the race (rig README, SIP.js 8).
    if (invitation.state !== SessionState.Established || get().status === 'ended') {
      throw new AppError('call.gone', { detail: get().outcome })
    }
    established()
  }

  const reject = async (statusCode: number, found: Ending) => {
    ending ??= found
    await invitation.reject({ statusCode }).catch((error: unknown) => note(`reject: ${String(error)}`, 'bad'))
    end(ending)
  }

  const decline = async () => {
    if (get().status === 'ended') return
    // RFC 3261 section 21.6.2
    await reject(603, { outcome: 'declined' })
  }

  const hangUp = async () => {
    const { status } = get()
    if (status === 'ended') return
    if (status === 'ringing') return decline()
    // No 200 has left, perhaps because the microphone is still awaited: only a refusal ends the ringing at the caller.
    if (invitation.state === SessionState.Initial || invitation.state === SessionState.Establishing) {
      return reject(480, { outcome: 'hungUpByUs' })
    }
    ending ??= { outcome: 'hungUpByUs' }
    const sent = sayBye(invitation)
    end(ending)
    await sent
  }

  const refresh = async (iceRestart = false) => {
    if (invitation.state !== SessionState.Established || !options.isRegistered()) return
    const sessionDescriptionHandlerOptions = { iceRestart } as object
    await invitation
      .invite({
        sessionDescriptionHandlerOptions,
        requestDelegate: {
          onAccept: () => note('re-INVITE accepted: the far end knows where we are', 'good'),
          onReject: ({ message }) => {
            note(`re-INVITE refused: ${message.statusCode}`, 'bad')
            // RFC 3261 section 12.2.1.2: the dialog is gone at the other side.
            if (message.statusCode !== 481 && message.statusCode !== 408) return
            ending ??= { outcome: 'hungUpByThem', reason: 'the call ended while the connection was lost' }
            void sayBye(invitation)
          },
        },
      })
      .catch((error: unknown) => note(`re-INVITE not sent: ${String(error)}`, 'bad'))
  }

  const onMedia = (media: SessionMedia) => {
    if (get().status !== 'established') return
    set({ media })
    const verdict = watch.look(Date.now(), audio.iceState(), media.packetsReceived)
    if (verdict === 'restart') void refresh(true)
    if (verdict === 'gone') {
      ending ??= { outcome: 'failed', reason: 'the other side is gone without a BYE' }
      endingError = new AppError('media.noAudioIn', { detail: 'no media path for 30 s' })
      void sayBye(invitation)
      end(ending, endingError)
    }
  }

  const sendDtmf = async (input: string) => {
    const tones = parseTones(input)
    if (get().status !== 'established') throw new AppError('call.gone')
    if (audio.sendTones(tones)) return scope.sleep(tonesTakeMs(tones))
    for (const tone of tones) {
      const body = {
        contentDisposition: 'render',
        contentType: 'application/dtmf-relay',
        content: toInfoBody(tone),
      }
      if (tone !== ',') await invitation.info({ requestOptions: { body } })
      await scope.sleep(tonesTakeMs(tone))
    }
  }

  const setMuted = (muted: boolean) => {
    audio.setMuted(muted)
    set({ sending: muted ? 'muted' : 'on' })
  }

  return {
    id: options.id,
    answer,
    decline,
    hangUp,
    refresh,
    sendDtmf,
    onMedia,
    setMuted(muted) {
      setMuted(muted)
      if (muted || get().status !== 'established') return
      audio.setSilent(false)
      options.onFront()
    },
    setAside() {
      setMuted(true)
      audio.setSilent(true)
    },
    bringBack: () => audio.setSilent(false),
    levels: () => audio.levels(),
  }
}

/** Sends BYE; resolves when it is on its way, at most after 2 s (it waits for the ACK of our 200). */
async function sayBye(invitation: Invitation): Promise<void> {
  if (invitation.state !== SessionState.Established) return
  const sent = invitation.bye().then(
    () => {},
    () => {},
  )
  await Promise.race([sent, new Promise<void>((resolve) => setTimeout(resolve, byeWaitMs))])
}
