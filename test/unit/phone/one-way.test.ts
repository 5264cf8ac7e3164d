// One-way audio: which way, since when, and whether the network or the microphone is the cause (contract I.31, I.32).
import { describe, expect, it } from 'vitest'
import type { Session, SessionMedia } from '../../../common/model/phone.ts'
import { createOneWay } from '../../../main/phone/one-way.ts'

const answeredAt = Date.UTC(2026, 0, 1, 12, 0, 0)
const media: SessionMedia = {
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  heardMs: 0,
  spokenMs: 0,
  microphone: 'live',
  ice: 'connected',
}
const aSession = (patch: Partial<SessionMedia>, more: Partial<Session> = {}): Session => ({
  id: 's1',
  sipCallId: 'x',
  direction: 'incoming',
  status: 'established',
  remote: { user: 'ada', displayName: '', host: 'h' },
  contact: { user: 'u', host: 'h.invalid' },
  startedAt: answeredAt,
  answeredAt,
  sending: 'on',
  held: { byUs: false, byThem: false },
  media: { ...media, ...patch },
  ...more,
})

/** A look a second; the figures of each. */
function watch(seconds: number, figures: (second: number) => Partial<SessionMedia>, more?: Partial<Session>) {
  const oneWay = createOneWay()
  let found: ReturnType<typeof oneWay.look> = []
  for (let second = 0; second <= seconds; second++)
    found = oneWay.look(aSession(figures(second), more), answeredAt + second * 1_000)
  return found.map(({ code, detail = '' }) => ({ code, detail }))
}
const flows = (second: number) => second * 50

describe('sound in one direction', () => {
  it('I.31 nothing arrives: told after three seconds, since the answer, with the ports', () => {
    const incoming = (second: number) => ({ packetsSent: flows(second), packetsReceived: 0 })
    expect(watch(2, incoming)).toEqual([])
    const [found] = watch(3, incoming)
    expect(found?.code).toBe('media.noAudioIn')
    expect(found?.detail).toContain(`since ${new Date(answeredAt).toTimeString().slice(0, 8)}`)
  })

  it('I.31 what arrived and stopped is told since when it stopped', () => {
    const stopping = (second: number) => ({
      packetsSent: flows(second),
      packetsReceived: Math.min(flows(second), 500),
      ice: second > 12 ? 'disconnected' : 'connected',
    })
    expect(watch(15, stopping)).toEqual([])
    const [found] = watch(18, stopping)
    expect(found?.detail).toContain(
      `since ${new Date(answeredAt + 10_000).toTimeString().slice(0, 8)}, 500 packets before`,
    )
  })

  it('I.31 nothing leaves: told the same way', () => {
    const found = watch(4, (second) => ({ packetsSent: 0, packetsReceived: flows(second) }))
    expect(found.map(({ code }) => code)).toEqual(['media.noAudioOut'])
  })

  it('I.32 neither way: both are told, and a failed path is named as blocked UDP', () => {
    const found = watch(4, () => ({ ice: 'failed' }))
    expect(found.map(({ code }) => code)).toEqual(['media.noAudioIn', 'media.noAudioOut'])
    expect(found[0]?.detail).toContain('ICE failed: UDP may be blocked')
  })

  it('I.32 packets leave with nothing in them: it is the microphone', () => {
    const silent = (second: number) => ({
      packetsSent: flows(second),
      packetsReceived: flows(second),
      microphone: 'digitalSilence' as const,
    })
    expect(watch(5, silent).map(({ code }) => code)).toEqual(['media.micSilent'])
    expect(watch(5, silent, { sending: 'muted' })).toEqual([])
  })
})

describe('silence on purpose', () => {
  it('is no fault: a far end that sends nothing in its pauses, over a path that stands', () => {
    const pausing = (second: number) => ({
      packetsSent: flows(second),
      packetsReceived: Math.min(flows(second), 500),
    })
    expect(watch(60, pausing)).toEqual([])
  })

  it('is no fault: on hold by either side, before the answer, and after the end', () => {
    const nothing = () => ({})
    expect(watch(60, nothing, { held: { byUs: true, byThem: false } })).toEqual([])
    expect(watch(60, nothing, { held: { byUs: false, byThem: true } })).toEqual([])
    expect(watch(60, nothing, { status: 'ringing' })).toEqual([])
    expect(watch(60, nothing, { status: 'ended' })).toEqual([])
  })
})
