// Hold and resume by us and by them, over a fake wire.
import { describe, expect, it } from 'vitest'
import { glareMs } from '../../../renderer/phone/session-reinvite.ts'
import { goodOffer, header, reply, toTagOf } from '../../support/fake-edge.ts'
import { someMedia } from '../../support/fake-media.ts'
import { createPhones, type PhoneOnEdge } from '../../support/phone-on-edge.ts'

const phones = createPhones()

const inCall = async () => {
  const t = phones.phoneOn()
  await t.start()
  const call = await t.establish()
  t.media.steps.length = 0
  return { ...t, ...call }
}
const hold = async (t: PhoneOnEdge, id: string, held: boolean) => {
  const asked = t.phone.setHeld(id, held)
  asked.catch(() => {})
  await t.settle()
  return { asked }
}

describe('hold by us', () => {
  it('is silent at once, and held when they accepted the re-INVITE', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    expect(t.media.steps).toEqual(['hold'])
    expect(t.session().held.byUs).toBe(false)
    await t.answerLast('200 OK')
    await asked
    expect(t.session()).toMatchObject({ held: { byUs: true, byThem: false }, heldAt: expect.any(Number) })
    expect(t.edge.count('ACK')).toBe(1)
    const resumed = await hold(t, t.id, false)
    await t.answerLast('200 OK')
    await resumed.asked
    expect(t.media.steps).toEqual(['hold', 'off hold'])
    expect(t.session()).toMatchObject({ held: { byUs: false }, heldAt: undefined, status: 'established' })
  })

  it('keeps the microphone as the person had set it', async () => {
    const t = await inCall()
    t.phone.setMuted(t.id, true)
    await hold(t, t.id, true)
    await t.answerLast('200 OK')
    expect(t.session().sending).toBe('muted')
    await hold(t, t.id, false)
    await t.answerLast('200 OK')
    expect(t.session().sending).toBe('muted')
    expect(t.media.steps).toEqual(['muted', 'hold', 'off hold'])
  })

  it('that they refuse changes nothing, and is told', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    await t.answerLast('488 Not Acceptable Here')
    await expect(asked).rejects.toMatchObject({ code: 'call.holdRefused', status: 488 })
    expect(t.media.steps).toEqual(['hold', 'off hold'])
    expect(t.session()).toMatchObject({ status: 'established', held: { byUs: false, byThem: false } })
  })

  it('that they redirect is refused, and the next one is asked as usual', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    await t.answerLast('302 Moved Temporarily')
    await expect(asked).rejects.toMatchObject({ code: 'call.holdRefused', status: 302 })
    const again = await hold(t, t.id, true)
    await t.answerLast('200 OK')
    await again.asked
    expect(t.session().held.byUs).toBe(true)
  })

  it('asks again after a 491, when both sides had asked at once', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    await t.answerLast('491 Request Pending')
    expect(t.edge.count('INVITE')).toBe(1)
    // The Call-ID is theirs, so we wait at most 2 s (RFC 3261 section 14.1).
    await t.settle(2000)
    expect(t.edge.count('INVITE')).toBe(2)
    await t.answerLast('200 OK')
    await asked
    expect(t.session().held.byUs).toBe(true)
  })

  it('asks again when they are busy with the one before, after the time they name', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    t.edge.say(reply(t.edge.last('INVITE') ?? '', '500 Server Internal Error', ['Retry-After: 3']))
    await t.settle(2900)
    expect(t.edge.count('INVITE')).toBe(1)
    await t.settle(200)
    expect(t.edge.count('INVITE')).toBe(2)
    await t.answerLast('200 OK')
    await asked
  })

  it('waits for the ACK of the answer: before it there is no dialog to ask in', async () => {
    const t = phones.phoneOn()
    await t.start()
    const ada = t.caller()
    t.edge.say(ada.invite())
    await t.settle()
    const { id } = t.session()
    await t.phone.handlers['phone.answer']({ sessionId: id })
    const { asked } = await hold(t, id, true)
    expect(t.edge.count('INVITE')).toBe(0)
    t.edge.say(ada.ack(toTagOf(t.edge.last('SIP/2.0 200') ?? '')))
    await t.settle()
    expect(t.edge.count('BYE')).toBe(0)
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('200 OK')
    await asked
    expect(t.session()).toMatchObject({ status: 'established', held: { byUs: true } })
  })

  it('waits while their re-INVITE is under way', async () => {
    const t = await inCall()
    const theirs = t.ada.within('INVITE', 2, t.toTag, [], goodOffer)
    t.edge.say(theirs)
    await t.settle()
    // Answered by us, not yet acknowledged by them: the dialog is theirs.
    const { asked } = await hold(t, t.id, true)
    expect(t.edge.count('INVITE')).toBe(0)
    t.edge.say(t.ada.within('ACK', 2, t.toTag))
    await t.settle(2000)
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('200 OK')
    await asked
  })

  it('waits, and makes no offer before, however long the ACK of their re-INVITE takes', async () => {
    const t = await inCall()
    t.edge.say(t.ada.within('INVITE', 2, t.toTag, [], goodOffer))
    await t.settle()
    const { asked } = await hold(t, t.id, true)
    await t.settle(25_000)
    expect(t.notes().filter((each) => each.includes('not sent'))).toEqual([])
    expect(t.edge.count('INVITE')).toBe(0)
    t.edge.say(t.ada.within('ACK', 2, t.toTag))
    await t.settle()
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('200 OK')
    await asked
    // 64*T1 after their re-INVITE nothing is missed.
    await t.settle(20_000)
    expect(t.session()).toMatchObject({ status: 'established', held: { byUs: true } })
  })

  it('goes out when their re-INVITE was refused here, which gets no ACK in the dialog', async () => {
    const t = await inCall()
    let refuse = () => {}
    t.media.descriptionGate = new Promise((_resolve, reject) => {
      refuse = () => reject(new Error('not this one'))
    })
    t.edge.say(t.ada.within('INVITE', 2, t.toTag, [], goodOffer))
    await t.settle()
    const { asked } = await hold(t, t.id, true)
    t.media.descriptionGate = undefined
    refuse()
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('488')
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('200 OK')
    await asked
  })

  it('goes first, and what else is to be asked follows on its answer', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    t.media.ice = 'failed'
    t.media.calls[0]?.onMedia({ ...someMedia })
    await t.settle(1000)
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('200 OK')
    await asked
    expect(t.edge.count('INVITE')).toBe(2)
  })

  it('gives up after the fifth 491', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    for (let i = 0; i < 5; i++) {
      await t.answerLast('491 Request Pending')
      await t.settle(2000)
    }
    await expect(asked).rejects.toMatchObject({ code: 'call.holdRefused', status: 491 })
    expect(t.edge.count('INVITE')).toBe(5)
  })

  it('of a call that they no longer know ends it', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    await t.answerLast('481 Call/Transaction Does Not Exist')
    await expect(asked).rejects.toMatchObject({ code: 'call.gone' })
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByThem' })
  })

  it('is answered when the call ends meanwhile', async () => {
    const t = await inCall()
    const { asked } = await hold(t, t.id, true)
    t.edge.say(t.ada.within('BYE', 3, t.toTag))
    await t.settle()
    await expect(asked).rejects.toMatchObject({ code: 'call.gone' })
  })

  it('and resume at once end as resumed', async () => {
    const t = await inCall()
    const first = t.phone.setHeld(t.id, true)
    const second = t.phone.setHeld(t.id, false)
    await t.settle()
    await t.answerLast('200 OK')
    await t.answerLast('200 OK')
    await Promise.all([first, second])
    expect(t.edge.count('INVITE')).toBe(2)
    expect(t.session().held.byUs).toBe(false)
  })
})

describe('hold by them', () => {
  it('shows as theirs until they send again', async () => {
    const t = await inCall()
    const direction = t.media.calls[0]?.onDirection
    // What media found in an offer `sendonly`: music may come, nothing of ours is wanted.
    direction?.({ weSend: false, theySend: true })
    expect(t.session().held).toEqual({ byUs: false, byThem: true })
    direction?.({ weSend: true, theySend: true })
    expect(t.session().held).toEqual({ byUs: false, byThem: false })
  })

  it('is not read out of the answer to our own hold', async () => {
    const t = await inCall()
    await hold(t, t.id, true)
    t.media.calls[0]?.onDirection({ weSend: false, theySend: false })
    await t.answerLast('200 OK')
    expect(t.session().held).toEqual({ byUs: true, byThem: false })
  })

  it('their re-INVITE gets a 200 with our description', async () => {
    const t = await inCall()
    t.edge.say(t.ada.within('INVITE', 2, t.toTag, [], goodOffer.replace('sendrecv', 'sendonly')))
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('200')
    expect(t.edge.last('SIP/2.0 200')).toContain('a=fake answer')
  })

  it('a re-INVITE with the Call-ID and tags of the call is the same call, whoever sends it (contract F.6)', async () => {
    const t = await inCall()
    const recovered = t.ada
      .within('INVITE', 9, t.toTag, [], goodOffer)
      .replace('Contact: <sip:edge@', 'Contact: <sip:other-node@')
    t.edge.say(recovered)
    await t.settle()
    t.edge.say(t.ada.within('ACK', 9, t.toTag))
    await t.settle()
    expect(t.phone.store.getState().sessions).toHaveLength(1)
    const hangingUp = t.phone.handlers['phone.hangUp']({ sessionId: t.id })
    await t.settle()
    await hangingUp
    expect(t.edge.last('BYE')?.split(' ')[1]).toContain('other-node@')
  })

  it('ours while theirs is under way is refused by us with 491', async () => {
    const t = await inCall()
    await hold(t, t.id, true)
    t.edge.say(t.ada.within('INVITE', 2, t.toTag, [], goodOffer))
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('491')
  })
})

it('who made the Call-ID waits longer over glare, always in steps of 10 ms', () => {
  expect([glareMs(true, 0), glareMs(true, 0.9999)]).toEqual([2100, 4000])
  expect([glareMs(false, 0), glareMs(false, 0.9999)]).toEqual([0, 2000])
})

it('a hold of a dialled call keeps the tags of its dialog', async () => {
  const t = phones.phoneOn()
  await t.start()
  const { id } = await t.dialAndTalk()
  await hold(t, id, true)
  const invite = t.edge.last('INVITE') ?? ''
  expect(header(invite, 'To')).toContain('tag=ben')
  expect(header(invite, 'CSeq')).toBe('2 INVITE')
  await t.answerLast('200 OK')
  expect(t.session().held.byUs).toBe(true)
})
