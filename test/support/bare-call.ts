// One call to the phone on the bare page, with its times at both ends.
import type { Session } from '../../common/model/phone.ts'
import type { Leg } from '../../practice/line.ts'
import { type BarePhone, nowMs, tonePcm } from './bare-phone.ts'
import { createUntil } from './until.ts'

/** Looks every 10 ms. */
export const until = createUntil(10, 10_000)

export const phoneState = ({ page }: BarePhone) => page.evaluate(() => globalThis.bare.phone.store.getState())

export async function registered(bare: BarePhone, after = 0) {
  return until('registered', async () => {
    const { registration } = await phoneState(bare)
    return registration.status === 'registered' && registration.provenAt > after ? registration : undefined
  })
}

export async function startPhone(bare: BarePhone) {
  await bare.page.evaluate((given) => globalThis.bare.phone.handlers['phone.start'](given), bare.start)
  return registered(bare)
}

export interface BareCall {
  leg: Leg
  sessionId: string
  session(): Promise<Session>
  /** Frames from the phone so far, and when the first one with sound came. */
  heard: { frames: number; loud: number; firstAt: number | undefined }
  /** Clicks; resolves with the time of the click when the session is established. */
  answer(): Promise<number>
  hangUp(): Promise<void>
  /** Time of the first line of the SIP log after `at` that matches. */
  logged(pattern: RegExp, at?: number): number | undefined
}

/** Made ahead: half a minute of it takes 30 ms, and the answer must not wait for that. */
const callerVoice = tonePcm(600, 30)

export async function ring(bare: BarePhone): Promise<BareCall> {
  const { page, line, lineLog } = bare
  const contact = line.contacts('2000')[0]
  if (!contact) throw new Error('the phone has no contact')
  const from = { user: '+15550100', displayName: 'Ada' }
  const startedAt = nowMs()
  const leg = line.invite({ contact, extension: '2000', from, ringMs: 20_000 })
  const heard: BareCall['heard'] = { frames: 0, loud: 0, firstAt: undefined }
  leg.onAudio((frame) => {
    heard.frames += 1
    if (!frame.some((sample) => Math.abs(sample) > 500)) return
    heard.loud += 1
    heard.firstAt ??= nowMs()
  })
  leg.onChange((state) => {
    if (state.status === 'answered') void leg.play(callerVoice).catch(() => {})
  })
  const sessionId = await until('ringing', async () => {
    const { sessions } = await phoneState(bare)
    return sessions.find((each) => each.sipCallId === leg.sipCallId)?.id
  })
  return {
    leg,
    sessionId,
    heard,
    session: async () => {
      const found = (await phoneState(bare)).sessions.find((each) => each.id === sessionId)
      if (!found) throw new Error('the session is gone from the state')
      return found
    },
    answer: () => page.evaluate((id) => globalThis.bare.answer(id), sessionId),
    hangUp: async () => {
      await page.evaluate(
        (id) => globalThis.bare.phone.handlers['phone.hangUp']({ sessionId: id }),
        sessionId,
      )
    },
    logged: (pattern, at = startedAt) =>
      lineLog.find((entry) => entry.at >= at && pattern.test(entry.text))?.at,
  }
}

export async function heardInEar({ page }: BarePhone, sessionId: string): Promise<number> {
  return until('sound in the ear', () =>
    page.evaluate(
      (id) => globalThis.bare.sounds.find((each) => each.sessionId === id && each.where === 'ear')?.at,
      sessionId,
    ),
  )
}
