// Broken messages and descriptions through the phone's own way: it answers or drops each, and stays well.
// A failure names its number: FUZZ_FIRST=<number> begins there. FUZZ_SEED=<number> breaks the messages in another way,
// FUZZ_MESSAGES=10000 runs them all; a quick check takes the first two thousand.
import { describe, expect, it } from 'vitest'
import { inspectOffer, withoutCandidates } from '../../../../renderer/phone/sdp.ts'
import { goodOffer, header, reply } from '../../../support/fake-edge.ts'
import { createPhones, type PhoneOnEdge } from '../../../support/phone-on-edge.ts'
import { corpus } from './corpus.ts'
import { createRandom, mutate } from './mutate.ts'

const seed = Number(process.env.FUZZ_SEED ?? 20_261_120)
const start = Number(process.env.FUZZ_FIRST ?? 0)
const perPhone = 1000
const phones = Math.ceil(Number(process.env.FUZZ_MESSAGES ?? 2000) / perPhone)

const { phoneOn } = createPhones()
const healthyEdge = (t: PhoneOnEdge) => {
  t.edge.onRegister = (request) => reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`])
  t.edge.onOptions = (request) => reply(request, '200 OK')
}

/** Ends what rings, so that the list of sessions stays short. */
async function calm(t: PhoneOnEdge): Promise<void> {
  for (const { id, status } of t.sessions()) {
    if (status !== 'ended') {
      const ended = t.phone.handlers['phone.hangUp']({ sessionId: id }).catch(() => {})
      await t.settle(2100)
      await ended
    }
  }
}

/** It registers again, and takes a call from ringing to BYE. */
async function expectWell(t: PhoneOnEdge, n: number): Promise<void> {
  healthyEdge(t)
  await calm(t)
  // What an answer of the registrar may do, a broken one may do too: a refusal that a person then takes up again.
  if (t.registration().status === 'refused') await t.start()
  const before = t.edge.count('REGISTER')
  await t.settle(700_000)
  expect(t.edge.count('REGISTER'), `registers no more after message ${n}`).toBeGreaterThan(before)
  expect(t.registration().status, `message ${n}`).toBe('registered')
  const { ada, toTag } = await t.establish({ callId: `well-${n}` })
  expect(t.session().status, `message ${n}`).toBe('established')
  t.edge.say(ada.within('BYE', 2, toTag))
  await t.settle()
  expect(t.session().outcome, `message ${n}`).toBe('hungUpByThem')
}

/** The edge says something broken; whether it was answered, dropped with a row, or neither. */
async function sayBroken(t: PhoneOnEdge, text: string): Promise<'answered' | 'dropped' | 'silent'> {
  const rows = t.rows.length
  const sent = t.edge.sent.length
  t.edge.say(text)
  await t.settle(20)
  if (t.rows.slice(rows).some((row) => row.result === 'dropped')) return 'dropped'
  return t.edge.sent.slice(sent).some((each) => each.startsWith('SIP/2.0')) ? 'answered' : 'silent'
}

describe.each(Array.from({ length: phones }, (_, i) => start + i * perPhone))(
  'from message %i on',
  (first) => {
    it(`${perPhone} broken messages are each answered or dropped with a row, and the phone registers and takes calls`, async () => {
      const t = phoneOn()
      await t.start()
      healthyEdge(t)
      let call = await t.establish({ callId: `call-${first}` })
      const fates = { answered: 0, dropped: 0, silent: 0 }
      for (let n = first; n < first + perPhone; n++) {
        const random = createRandom(seed + n)
        if (n % 40 === 39) {
          await calm(t)
          healthyEdge(t)
          if (t.registration().status !== 'registered') await expectWell(t, n)
          call = await t.establish({ callId: `call-${n}` })
        }
        const whole = corpus(t, { callId: call.ada.callId, toTag: call.toTag }, n)
        const pick = () => random.pick(whole)()
        const broken = mutate(pick(), random, pick)
        const fate = await sayBroken(t, broken)
        fates[fate] += 1
        const [, method] = /^([A-Z]+) \S+ SIP\/2\.0\r\n/.exec(broken) ?? []
        if (fate === 'silent' && method && method !== 'ACK')
          expect(broken, `message ${n} is neither answered nor dropped`).toBe('')
        if (n % 250 === 249) {
          await expectWell(t, n)
          call = await t.establish({ callId: `after-${n}` })
        }
      }
      await expectWell(t, first + perPhone)
      // Broken in earnest, and not only dropped at the door.
      expect(fates.dropped).toBeGreaterThan(perPhone / 5)
      expect(fates.answered).toBeGreaterThan(perPhone / 10)
    }, 60_000)
  },
)

it('2,000 broken descriptions are judged without an exception, and none without a fingerprint passes', () => {
  for (let n = start; n < start + 2000; n++) {
    const random = createRandom(seed + n)
    const broken = mutate(goodOffer, random, () => goodOffer)
    const verdict = inspectOffer(broken)
    withoutCandidates(broken)
    if (verdict.ok && !/^a=fingerprint:\S+ \S+/m.test(broken.replaceAll('\r', '\n'))) {
      expect(broken, `message ${n}`).toBe('')
    }
  }
})
