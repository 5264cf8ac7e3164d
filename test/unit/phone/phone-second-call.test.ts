// Two calls at once: one is spoken in, the other one waits on hold.
import { describe, expect, it } from 'vitest'
import { goodOffer, header, reply } from '../../support/fake-edge.ts'
import { createPhones, type PhoneOnEdge } from '../../support/phone-on-edge.ts'

const phones = createPhones()

/** Answers every re-INVITE that has not been answered yet. */
const answerAll = async (t: PhoneOnEdge, status = '200 OK') => {
  const answered = new Set<string>()
  for (let round = 0; round < 5; round++) {
    for (const invite of t.edge.sent.filter((message) => message.startsWith('INVITE'))) {
      const key = `${header(invite, 'Call-ID')} ${header(invite, 'CSeq')}`
      if (!header(invite, 'To').includes('tag=') || answered.has(key)) continue
      answered.add(key)
      const contact = ['Contact: <sip:edge@edge.invalid;transport=ws>']
      t.edge.say(reply(invite, status, contact, status.startsWith('2') ? goodOffer : ''))
    }
    await t.settle()
  }
}
const held = (t: PhoneOnEdge) => t.phone.store.getState().sessions.map((each) => each.held.byUs)
const front = (t: PhoneOnEdge) => t.phone.store.getState().front

/** Ada is answered, then Ben, who came second. */
const twoCalls = async (status?: string) => {
  const t = phones.phoneOn()
  await t.start()
  const ada = await t.establish()
  const ben = await t.establish({ callId: 'second' })
  await answerAll(t, status)
  t.media.steps.length = 0
  return { ...t, ada, ben }
}
const hangUp = async (t: PhoneOnEdge, sessionId: string) => {
  const hangingUp = t.phone.handlers['phone.hangUp']({ sessionId })
  await t.settle(100)
  await hangingUp
}

describe('a second call', () => {
  it('that is answered puts the first one on hold, silent before it hears a word of the second', async () => {
    const t = phones.phoneOn()
    await t.start()
    const ada = await t.establish()
    const ben = t.caller({ callId: 'second' })
    t.edge.say(ben.invite())
    await t.settle()
    expect(t.media.steps).toContain('ring quietly')
    t.media.steps.length = 0
    await t.phone.handlers['phone.answer']({ sessionId: t.session().id })
    expect(t.media.steps).toEqual(['ring ended', 'start', 'hold'])
    await answerAll(t)
    expect(held(t)).toEqual([true, false])
    expect(t.session(0)).toMatchObject({ id: ada.id, sending: 'on' })
    expect(front(t)).toBe(t.session().id)
  })

  it('that is dialled puts the first one on hold before the INVITE leaves', async () => {
    const t = phones.phoneOn()
    await t.start()
    await t.establish()
    t.media.steps.length = 0
    await t.dial('2001')
    expect(t.media.steps).toEqual(['prepare', 'hold'])
    await answerAll(t)
    expect(held(t)).toEqual([true, false])
  })

  it('that ends leaves the first one on hold: nobody is suddenly heard', async () => {
    const t = await twoCalls()
    await hangUp(t, t.ben.id)
    expect(held(t)).toEqual([true, false])
    expect(front(t)).toBeUndefined()
    expect(t.media.steps).toEqual(['closed'])
  })
})

describe('a call that is taken while another one is dialled', () => {
  const dialAndTake = async () => {
    const t = phones.phoneOn()
    await t.start()
    const { ben } = await t.dial('2001')
    if (!ben) throw new Error('no INVITE left')
    const ada = await t.establish()
    return { ...t, ben, ada }
  }

  it('is the one in front; the dialled one waits on hold when it is answered', async () => {
    const t = await dialAndTake()
    expect(front(t)).toBe(t.ada.id)
    t.media.steps.length = 0
    t.edge.say(t.ben.answer('200 OK', { body: goodOffer }))
    await answerAll(t)
    expect(t.session(0)).toMatchObject({ status: 'established', direction: 'outgoing' })
    expect(held(t)).toEqual([true, false])
    expect(front(t)).toBe(t.ada.id)
    expect(t.media.steps).toEqual(['sounding', 'start', 'hold'])
  })

  it('is not disturbed by the announcements of the dialled one', async () => {
    const t = await dialAndTake()
    expect(t.media.steps).toContain('silent')
    t.edge.say(t.ben.answer('183 Session Progress', { body: goodOffer }))
    await t.settle()
    expect(t.media.steps).not.toContain('sounding')
    const swapped = t.phone.swapTo(t.session(0).id)
    await answerAll(t)
    await swapped
    expect(t.media.steps).toContain('sounding')
    expect(held(t)).toEqual([false, true])
  })
})

describe('swap', () => {
  it('holds the one and takes the other one back, both ways', async () => {
    const t = await twoCalls()
    for (const [to, expected] of [
      [t.ada.id, [false, true]],
      [t.ben.id, [true, false]],
    ] as const) {
      const swapped = t.phone.swapTo(to)
      await answerAll(t)
      await swapped
      expect(held(t)).toEqual(expected)
      expect(front(t)).toBe(to)
    }
    expect(t.media.steps).toEqual(['hold', 'off hold', 'hold', 'off hold'])
  })

  it('and the end of the one in front brings the other one back: the person speaks with both', async () => {
    const t = await twoCalls()
    const swapped = t.phone.swapTo(t.ada.id)
    await answerAll(t)
    await swapped
    await hangUp(t, t.ada.id)
    await answerAll(t)
    expect(held(t)).toEqual([false, false])
    expect(front(t)).toBe(t.ben.id)
  })

  it('taking one off hold holds the other one', async () => {
    const t = await twoCalls()
    const resumed = t.phone.setHeld(t.ada.id, false)
    await answerAll(t)
    await resumed
    expect(held(t)).toEqual([false, true])
  })

  it('to a call that has ended fails', async () => {
    const t = await twoCalls()
    await hangUp(t, t.ada.id)
    await expect(t.phone.swapTo(t.ada.id)).rejects.toMatchObject({ code: 'call.gone' })
  })
})

describe('a far end that refuses to be held', () => {
  it('is muted and silent instead, and comes back as the person had left it', async () => {
    const t = phones.phoneOn()
    await t.start()
    const ada = await t.establish()
    const ben = await t.establish({ callId: 'second' })
    t.media.steps.length = 0
    await answerAll(t, '488 Not Acceptable Here')
    expect(t.media.steps).toEqual(['off hold', 'muted', 'silent'])
    expect(t.session(0)).toMatchObject({ id: ada.id, sending: 'muted', held: { byUs: false } })
    t.media.steps.length = 0
    const swapped = t.phone.swapTo(ada.id)
    await answerAll(t)
    await swapped
    expect(t.media.steps).toEqual(['unmuted', 'sounding', 'hold'])
    expect(t.session(0).sending).toBe('on')
    expect(t.session(1)).toMatchObject({ id: ben.id, held: { byUs: true } })
  })

  it('is not put aside when it is in front again by then', async () => {
    const t = phones.phoneOn()
    await t.start()
    const ada = await t.establish()
    await t.establish({ callId: 'second' })
    const swapped = t.phone.swapTo(ada.id)
    await answerAll(t, '488 Not Acceptable Here')
    await swapped
    expect(front(t)).toBe(ada.id)
    expect(t.session(0)).toMatchObject({ sending: 'on', held: { byUs: false } })
    expect(t.session(1)).toMatchObject({ sending: 'muted', held: { byUs: false } })
  })

  it('comes to the front when it is unmuted', async () => {
    const t = await twoCalls('488 Not Acceptable Here')
    t.phone.setMuted(t.ada.id, false)
    await answerAll(t)
    expect(front(t)).toBe(t.ada.id)
    expect(t.media.steps).toEqual(['unmuted', 'sounding', 'hold'])
  })
})
