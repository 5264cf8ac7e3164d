// A practice line with two extensions, and phones on it, all closed after the test.
import { afterEach } from 'vitest'
import type { InviteOptions, Leg, LegState, Line } from '../../../practice/line.ts'
import { openLine } from '../../../practice/sip/line.ts'
import { createUntil } from '../until.ts'
import { openRawPhone, type RawPhone, type SipText } from './raw-phone.ts'

export const domain = 'c1.registrar.practice.test'
export const passwords: Record<string, string> = { 2001: 'secret', 2002: 'with "quotes" in it' }

const closings: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

/** Runs after the test, last in first out. */
export function afterTest(close: () => unknown): void {
  closings.push(close)
}

export async function aLine(log: (line: string) => void = () => {}, lostMs?: number): Promise<Line> {
  const line = await openLine(
    { port: 0, domain, password: (extension) => passwords[extension], log },
    lostMs ? { lostMs } : {},
  )
  afterTest(() => line.close())
  return line
}

export async function aPhone(
  line: Line,
  extension = '2001',
  like: { at?: string; tag?: string } = {},
): Promise<RawPhone> {
  const phone = await openRawPhone({ url: line.url, domain, extension, ...like })
  afterTest(() => phone.close())
  return phone
}

export async function aRegisteredPhone(
  line: Line,
  extension = '2001',
  like: { at?: string; tag?: string } = {},
): Promise<RawPhone> {
  const phone = await aPhone(line, extension, like)
  const answer = await phone.register({ password: passwords[extension] ?? '' })
  if (answer.status !== 200) throw new Error(answer.first)
  return phone
}

export function aCall(line: Line, more: Partial<InviteOptions> = {}): Leg {
  const contact = line.contacts('2001')[0]
  if (!contact) throw new Error('2001 is not registered')
  return line.invite({
    contact,
    extension: '2001',
    from: { user: '+15550001', displayName: 'Ada' },
    ringMs: 20_000,
    ...more,
  })
}

export function theInvite(phone: RawPhone): Promise<SipText> {
  return phone.next(({ method }) => method === 'INVITE', 'INVITE')
}

export function reached<S extends LegState['status']>(
  leg: Leg,
  status: S,
): Promise<Extract<LegState, { status: S }>> {
  const is = (state: LegState): state is Extract<LegState, { status: S }> => state.status === status
  const { state } = leg
  if (is(state)) return Promise.resolve(state)
  return new Promise((resolve, reject) => {
    leg.onChange((next) => {
      if (is(next)) resolve(next)
      else if (next.status === 'ended') reject(new Error(`ended (${next.why}) instead of ${status}`))
    })
  })
}

/** Looks every 20 ms, for at most ten seconds. */
export const until = createUntil(20, 10_000)
