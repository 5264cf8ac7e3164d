import { expect, it } from 'vitest'
import { toAnswerDelay, toRegistrationDelay, toSessionDelay } from '../../../common/figures/delays.ts'
import { aFlight, aSip, levels } from '../../support/flight.ts'

it('measures a registration from the first REGISTER to the 200, with the challenge between them', () => {
  const flight = aFlight([
    aSip(10, 'out', 'REGISTER'),
    aSip(30, 'in', '401 Unauthorized (REGISTER)', '401'),
    aSip(31, 'out', 'REGISTER'),
    aSip(64, 'in', '200 OK (REGISTER)', '200'),
  ])
  expect(toRegistrationDelay(flight).value).toBe(54)
})

const registration = (t: number, to: string) => ({ kind: 'state' as const, t, what: 'registration', to })

it.each(['waiting', 'connecting'])(
  'leaves an attempt without an answer and its back-off out (%s)',
  (next) => {
    const flight = aFlight([
      registration(0, 'connecting'),
      aSip(10, 'out', 'REGISTER'),
      registration(8_010, next),
      aSip(9_000, 'out', 'REGISTER'),
      // Of this connection, and heard of late.
      registration(9_003, 'connecting'),
      aSip(9_040, 'in', '200 OK (REGISTER)', '200'),
    ])
    expect(toRegistrationDelay(flight).value).toBe(40)
  },
)

it('takes the REGISTER that ends a registration for none', () => {
  const flight = aFlight([
    aSip(10, 'out', 'REGISTER'),
    aSip(64, 'in', '200 OK (REGISTER)', '200'),
    registration(66, 'registered'),
    aSip(5_000, 'out', 'REGISTER'),
    aSip(5_009, 'in', '200 OK (REGISTER)', '200'),
    registration(5_010, 'offline'),
  ])
  expect(toRegistrationDelay(flight).value).toBe(54)
  const only = aFlight(flight.items.slice(2))
  expect(toRegistrationDelay(only).value).toBeNull()
})

it('knows no delay of a registration that was refused', () => {
  const flight = aFlight([aSip(10, 'out', 'REGISTER'), aSip(40, 'in', '403 Forbidden (REGISTER)', '403')])
  expect(toRegistrationDelay(flight)).toEqual({
    value: null,
    why: { text: 'No registration succeeded while this was recorded.' },
  })
})

it('measures a session request to the first answer above 100, over a challenge', () => {
  const flight = aFlight([
    aSip(100, 'out', 'INVITE'),
    aSip(110, 'in', '100 Trying (INVITE)', '100'),
    aSip(120, 'in', '407 Proxy Authentication Required (INVITE)', '407'),
    aSip(121, 'out', 'INVITE'),
    aSip(430, 'in', '180 Ringing (INVITE)', '180'),
    aSip(900, 'in', '200 OK (INVITE)', '200'),
  ])
  expect(toSessionDelay(flight).value).toBe(330)
})

it('says why a session request has no delay', () => {
  const why = (flight: Parameters<typeof toSessionDelay>[0]) => toSessionDelay(flight).why?.text
  expect(why(aFlight())).toMatch(/No call was dialled/)
  expect(why(aFlight([aSip(1, 'out', 'INVITE')]))).toMatch(/No answer came/)
  const refused = aFlight([aSip(1, 'out', 'INVITE'), aSip(9, 'in', '486 Busy Here (INVITE)', '486')])
  expect(toSessionDelay(refused)).toEqual({
    value: null,
    why: { text: 'The call was refused with {status}.', values: { status: 486 } },
  })
  const incoming = aFlight()
  expect(why({ ...incoming, about: { ...incoming.about, direction: 'incoming' } })).toMatch(/at the caller/)
})

const answered = () => {
  const flight = aFlight([
    { kind: 'action', t: 1_000, title: 'Answer' },
    { kind: 'media', t: 1_180, direction: 'none', title: 'DTLS connected', tone: 'good' },
  ])
  return { ...flight, about: { ...flight.about, direction: 'incoming' as const, answeredT: 1_020 } }
}

it('hears both ways from the later of the open path and the first sound that is not digital silence', () => {
  const quiet = Array.from({ length: 12 }, () => 0)
  const flight = { ...answered(), levels: [levels(1_000, 'ear', [...quiet, 0.01, 0.2])] }
  expect(toAnswerDelay(flight).value).toBe(240)
  const early = { ...answered(), levels: [levels(1_000, 'ear', [0, 0.01])] }
  expect(toAnswerDelay(early).value).toBe(180)
})

const packets = (t: number, packetsReceived: number) => ({
  t,
  packetsReceived,
  packetsSent: 50,
  packetsLost: 0,
})

it('takes packets for sound only where no loudness was measured, and only those that came after the answer', () => {
  const rtp = [packets(900, 40), packets(1_900, 40), packets(2_900, 90)]
  expect(toAnswerDelay({ ...answered(), rtp }).value).toBe(1_900)
  expect(toAnswerDelay({ ...answered(), rtp: rtp.slice(0, 2) }).why?.text).toMatch(/Nothing came/)
  const silent = { ...answered(), rtp, levels: [levels(1_000, 'ear', [0, 0, 0])] }
  expect(toAnswerDelay(silent).why?.text).toMatch(/Nothing came/)
})

it('knows of no two-way audio where nothing came, nothing was sent, or nobody answered', () => {
  expect(toAnswerDelay(answered()).why?.text).toMatch(/Nothing came/)
  expect(toAnswerDelay(aFlight()).why?.text).toMatch(/not answered/)
  const unsent = { ...answered(), levels: [levels(1_000, 'ear', [0.1])] }
  unsent.items = unsent.items.slice(0, 1)
  expect(toAnswerDelay(unsent).why?.text).toMatch(/Nothing was sent/)
})
