// The torture messages of RFC 4475 and RFC 5118 through the phone's own way: transport, SIP.js, receptionist.
import { describe, expect, it } from 'vitest'
import { header, reply } from '../../../support/fake-edge.ts'
import { createPhones, type PhoneOnEdge } from '../../../support/phone-on-edge.ts'
import { fill } from './fill.ts'
import type { TortureMessage } from './message.ts'
import { semantics } from './rfc4475-semantics.ts'
import { invalidSyntax, validSyntax } from './rfc4475-syntax.ts'
import { ipv6 } from './rfc5118.ts'

const { phoneOn } = createPhones()
/** What became of it, in the words of the table. */
async function outcome(t: PhoneOnEdge, message: TortureMessage): Promise<string> {
  const isAnswer = message.text.startsWith('SIP/')
  if (isAnswer) {
    // A request of ours has to wait for it.
    t.edge.onRegister = () => undefined
    await t.settle(256_000)
  }
  const before = { sent: t.edge.sent.length, dropped: t.dropped().length, registration: t.registration() }
  t.edge.say(fill(t, message))
  await t.settle(10)
  if (t.registration() !== before.registration) return 'taken'
  const statuses = t.edge.sent.slice(before.sent).map((each) => /^SIP\/2\.0 (\d+)/.exec(each)?.[1])
  const last = statuses.at(-1)
  if (last === '180' && t.session().status === 'ringing') return 'rings'
  if (last) return last
  return t.dropped().length > before.dropped ? 'dropped' : 'silent'
}

/** The phone is as good as before: it registers, and it takes a call. */
async function expectWell(t: PhoneOnEdge): Promise<void> {
  t.edge.onRegister = (request) => reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`])
  await t.settle(400_000)
  const registration = t.registration()
  expect(registration.status).toBe('registered')
  if (registration.status === 'registered') expect(registration.expiresAt).toBeGreaterThan(Date.now())
  const { ada, toTag } = await t.establish({ callId: 'afterwards' })
  expect(t.session().status).toBe('established')
  t.edge.say(ada.within('BYE', 2, toTag))
  await t.settle()
  expect(t.session().outcome).toBe('hungUpByThem')
}

describe.each([
  ['valid syntax', validSyntax],
  ['invalid syntax', invalidSyntax],
  ['semantics', semantics],
  ['IPv6', ipv6],
])('%s', (_kind, messages) => {
  it.each(messages.map((message) => [message.section, message.what, message.fate, message] as const))(
    '%s, %s: %s, and the phone is as good as before',
    async (_section, _what, fate, message) => {
      const t = phoneOn()
      await t.start()
      expect(await outcome(t, message)).toBe(fate)
      await expectWell(t)
    },
  )
})

it('all 49 messages of RFC 4475 and the 11 of RFC 5118 are here, each once', () => {
  const sections = [validSyntax, invalidSyntax, semantics, ipv6].flat().map((each) => each.section)
  expect(new Set(sections).size).toBe(sections.length)
  expect(sections.filter((each) => each.startsWith('RFC 4475'))).toHaveLength(49)
  expect(sections.filter((each) => each.startsWith('RFC 5118'))).toHaveLength(11)
})

it('all of them one after the other leave one phone that is as good as before', async () => {
  const t = phoneOn()
  await t.start()
  for (const message of [validSyntax, invalidSyntax, semantics, ipv6].flat()) {
    t.edge.say(fill(t, message))
    await t.settle(10)
  }
  for (const { id, status } of t.sessions()) {
    if (status === 'ringing') await t.phone.handlers['phone.decline']({ sessionId: id }).catch(() => {})
  }
  await expectWell(t)
})
