// Keys of the dial pad into a call: as RTP events, or as INFO where those are not negotiated.
import type { Core, Session as SipSession } from 'sip.js'
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Session } from '../../common/model/phone.ts'
import { parseTones, toInfoBody, tonesTakeMs } from './dtmf.ts'
import type { CallAudio } from './media-kit.ts'

export interface TonesParts {
  sip: SipSession
  scope: Scope
  audio: Pick<CallAudio, 'sendTones' | 'stopTones'>
  get(): Session
  set(patch: Pick<Partial<Session>, 'keys'>): void
  /** The other side knows nothing of this call: ends it, and resolves with the error that says so. */
  lost(): Promise<AppError>
}

export interface Tones {
  /** Resolves when they have been played. Fails with `call.keysRefused`, or with `call.gone` when the call ends before. */
  send(input: string): Promise<void>
  /** Sends what waits for a person. */
  goOn(): void
  /** Forgets what has not been sent yet. */
  stop(): void
}

/**
 *   nothing ──a string──→ sending ⇄ waiting        a string of several keys; single ones are sent beside it
 *      ↑───── all sent, or stopped ────┘
 */
export function createTones(parts: TonesParts): Tones {
  const { scope, set, get } = parts
  /** Of the string that is on its way. */
  let running: { scope: Scope; goOn(): void } | undefined

  const leave = () => {
    void running?.scope.end()
    running = undefined
    if (!scope.ended) set({ keys: undefined })
  }
  const stop = () => {
    if (!running) return
    leave()
    parts.audio.stopTones()
  }
  const waitForPerson = (mine: NonNullable<typeof running>) =>
    new Promise<void>((resolve) => {
      mine.goOn = resolve
      mine.scope.add(resolve)
    })
  const sendGroups = async (mine: NonNullable<typeof running>, groups: readonly string[]) => {
    for (const [at, tones] of groups.entries()) {
      const left = groups.slice(at).join('').length
      if (at > 0) {
        set({ keys: { status: 'waiting', left } })
        await waitForPerson(mine)
      }
      if (mine.scope.ended) return
      set({ keys: { status: 'sending', left } })
      await sendGroup({ ...parts, scope: mine.scope }, tones)
    }
  }
  const sendString = async (groups: readonly string[]) => {
    stop()
    const mine = { scope: scope.child('keys'), goOn: () => {} }
    running = mine
    try {
      await sendGroups(mine, groups)
    } catch (error) {
      if (scope.ended) throw new AppError('call.gone')
      // Stopped by the person: that is no failure.
      if (running === mine) throw error
    } finally {
      if (running === mine) leave()
    }
  }
  return {
    async send(input) {
      const groups = parseTones(input)
      if (get().status !== 'established') throw new AppError('call.gone')
      const [only = ''] = groups
      if (groups.length === 1 && only.length === 1) return sendGroup(parts, only)
      return sendString(groups)
    },
    goOn: () => running?.goOn(),
    stop,
  }
}

async function sendGroup(parts: TonesParts, tones: string): Promise<void> {
  const { scope, audio } = parts
  if (tones === '') return
  if (audio.sendTones(tones)) return scope.sleep(tonesTakeMs(tones))
  for (const tone of tones) {
    if (tone !== ',') await sendKey(parts, tone)
    await scope.sleep(tonesTakeMs(tone))
  }
}

async function sendKey(parts: TonesParts, tone: string): Promise<void> {
  const { status, reason } = await askByInfo(parts, toInfoBody(tone))
  if (status < 300) return
  // RFC 3261 section 12.2.1.2. That names 408 as well, but who knows no INFO may leave it without an answer.
  if (status === 481) throw await parts.lost()
  throw new AppError('call.keysRefused', { status, detail: `INFO: ${status} ${reason}`.trim() })
}

/** Resolves with the final answer. */
function askByInfo({ sip, scope }: TonesParts, content: string) {
  return new Promise<{ status: number; reason: string }>((resolve, reject) => {
    const forget = scope.add(() => reject(new AppError('call.gone')))
    const settle = ({ message }: Core.IncomingResponse) => {
      forget()
      resolve({ status: message.statusCode ?? 500, reason: message.reasonPhrase ?? '' })
    }
    const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content }
    const requestDelegate = { onAccept: settle, onRedirect: settle, onReject: settle }
    sip.info({ requestDelegate, requestOptions: { body } }).catch(() => {
      forget()
      reject(new AppError('call.gone'))
    })
  })
}
