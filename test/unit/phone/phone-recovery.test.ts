// Calls over lost sockets and lost messages.
import { describe, expect, it } from 'vitest'
import { goodOffer, header, reply } from '../../support/fake-edge.ts'
import { someMedia } from '../../support/fake-media.ts'
import { createPhones, type PhoneOnEdge } from '../../support/phone-on-edge.ts'

const phones = createPhones()

const inCall = async () => {
  const t = phones.phoneOn()
  await t.start()
  const call = await t.establish()
  return { ...t, ...call }
}
/** The network is away for `ms`, and the phone is registered again afterwards. */
const outage = async (t: PhoneOnEdge, ms: number) => {
  t.edge.handshake = () => 'refuse'
  t.edge.cut()
  await t.settle(ms)
  t.edge.handshake = () => 'open'
  await registeredAgain(t)
}
const registeredAgain = async (t: PhoneOnEdge) => {
  // The back-off ends within 36 s.
  for (let i = 0; i < 400 && t.registration().status !== 'registered'; i++) await t.settle(100)
  expect(t.registration().status).toBe('registered')
}

describe('a lost socket', () => {
  it('leaves a call alone, and one re-INVITE tells the far end the new way', async () => {
    const t = await inCall()
    await outage(t, 5000)
    expect(t.edge.count('INVITE')).toBe(1)
    expect(t.edge.last('INVITE')).toContain(t.contactUri())
    await t.answerLast('200 OK')
    expect(t.session().status).toBe('established')
  })

  it('with a hold asked for: the hold goes out once there is a socket, and is the refresh itself', async () => {
    const t = await inCall()
    t.edge.handshake = () => 'refuse'
    t.edge.cut()
    await t.settle(100)
    const held = t.phone.setHeld(t.id, true)
    await t.settle(1000)
    expect(t.media.steps.at(-1)).toBe('hold')
    t.edge.handshake = () => 'open'
    await registeredAgain(t)
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('200 OK')
    await held
    expect(t.session().held.byUs).toBe(true)
  })

  it('swallowed the answer to a re-INVITE: it is asked again on the new one', async () => {
    const t = await inCall()
    const held = t.phone.setHeld(t.id, true)
    await t.settle()
    t.edge.say(reply(t.edge.last('INVITE') ?? '', '100 Trying'))
    await t.settle()
    await outage(t, 5000)
    expect(
      t.edge.sent.filter((each) => each.startsWith('INVITE')).map((each) => header(each, 'CSeq')),
    ).toEqual(['1 INVITE', '2 INVITE'])
    await t.answerLast('200 OK')
    await held
    expect(t.session()).toMatchObject({ status: 'established', held: { byUs: true } })
  })

  it('longer than SIP waits for an answer does not end the call', async () => {
    const t = await inCall()
    const held = t.phone.setHeld(t.id, true)
    await t.settle()
    await outage(t, 120_000)
    await t.answerLast('200 OK')
    await held
    expect(t.session().status).toBe('established')
  })

  it('and a hang-up meanwhile: the BYE leaves on the new one', async () => {
    const t = await inCall()
    t.edge.handshake = () => 'refuse'
    t.edge.cut()
    await t.settle(100)
    await t.phone.handlers['phone.hangUp']({ sessionId: t.id })
    t.edge.handshake = () => 'open'
    await t.settle(5000)
    expect(t.edge.count('BYE')).toBe(1)
    expect(t.edge.count('INVITE')).toBe(0)
  })

  it.each(['481 Call/Transaction Does Not Exist', '408 Request Timeout'])(
    'and a far end that answers %s: the call is over',
    async (status) => {
      const t = await inCall()
      await outage(t, 1000)
      await t.answerLast(status)
      expect(t.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByThem' })
    },
  )

  it('and a far end that answers 500: the call stays', async () => {
    const t = await inCall()
    await outage(t, 1000)
    await t.answerLast('500 Server Internal Error')
    expect(t.session().status).toBe('established')
  })

  it('with two calls refreshes both', async () => {
    const t = await inCall()
    await t.establish({ callId: 'second' })
    await t.answerLast('200 OK')
    await outage(t, 1000)
    const refreshed = t.edge.sent.filter((each) => each.startsWith('INVITE')).slice(-2)
    expect(refreshed.map((each) => header(each, 'Call-ID')).toSorted()).toEqual(['call-1', 'second'])
  })
})

describe('a far end that is gone without a BYE', () => {
  it('is asked after 4 s without a media path, and its 481 ends the call', async () => {
    const t = await inCall()
    t.media.ice = 'disconnected'
    for (let second = 0; second < 6; second++) {
      t.media.calls[0]?.onMedia({ ...someMedia, ice: 'disconnected' })
      await t.settle(1000)
    }
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('481 Call/Transaction Does Not Exist')
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByThem' })
  })
})

describe('a far end that sends nothing any more', () => {
  const silence = async (t: PhoneOnEdge, seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      t.media.calls[0]?.onMedia({ ...someMedia, packetsReceived: 50 })
      await t.settle(1000)
    }
  }

  it('is asked after 10 s whether it is there, and its 481 ends the call', async () => {
    const t = await inCall()
    await silence(t, 10)
    expect(t.edge.count('INVITE')).toBe(0)
    await silence(t, 2)
    expect(t.edge.count('INVITE')).toBe(1)
    await t.answerLast('481 Call/Transaction Does Not Exist')
    expect(t.session()).toMatchObject({
      outcome: 'hungUpByThem',
      reason: 'the call was over at the other side',
    })
  })

  it('and answers is asked once a minute at most', async () => {
    const t = await inCall()
    await silence(t, 12)
    await t.answerLast('200 OK')
    await silence(t, 50)
    expect(t.edge.count('INVITE')).toBe(1)
    await silence(t, 12)
    expect(t.edge.count('INVITE')).toBe(2)
    expect(t.session().status).toBe('established')
  })

  it('because it holds us is not asked', async () => {
    const t = await inCall()
    t.media.calls[0]?.onDirection({ weSend: false, theySend: false })
    await silence(t, 60)
    expect(t.edge.count('INVITE')).toBe(0)
  })
})

it('a CANCEL while the answer is being made ends the answering, though a closed peer connection never answers', async () => {
  const t = phones.phoneOn()
  await t.start()
  const ada = t.caller()
  t.edge.say(ada.invite())
  await t.settle()
  t.media.descriptionGate = new Promise(() => {})
  const answering = t.phone.handlers['phone.answer']({ sessionId: t.session().id })
  answering.catch(() => {})
  await t.settle()
  t.edge.say(ada.cancel())
  await t.settle()
  await expect(answering).rejects.toMatchObject({ code: 'call.gone' })
  expect(t.session().outcome).toBe('canceled')
})

describe('an INVITE without an offer', () => {
  it('gets ours with the 200 and the answer comes with the ACK (RFC 3261 section 13.2.1)', async () => {
    const t = phones.phoneOn()
    await t.start()
    const ada = t.caller({ offer: '' })
    t.edge.say(ada.invite())
    await t.settle()
    const { id } = t.session()
    await t.phone.handlers['phone.answer']({ sessionId: id })
    const ok = t.edge.last('SIP/2.0 200') ?? ''
    expect(ok).toContain('a=fake answer')
    t.edge.say(ada.within('ACK', 1, /;tag=(\w+)/.exec(header(ok, 'To'))?.[1] ?? '', [], goodOffer))
    await t.settle()
    expect(t.session().status).toBe('established')
    expect(t.edge.count('BYE')).toBe(0)
  })

  it('whose ACK has no answer ends with BYE', async () => {
    const t = phones.phoneOn()
    await t.start()
    const ada = t.caller({ offer: '' })
    t.edge.say(ada.invite())
    await t.settle()
    await t.phone.handlers['phone.answer']({ sessionId: t.session().id })
    const ok = t.edge.last('SIP/2.0 200') ?? ''
    t.edge.say(ada.ack(/;tag=(\w+)/.exec(header(ok, 'To'))?.[1] ?? ''))
    await t.settle()
    expect(t.edge.count('BYE')).toBe(1)
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'failed' })
  })
})

describe('a caller that requires 100rel (RFC 3262)', () => {
  it('rings with a reliable provisional answer, and is answered after its PRACK', async () => {
    const t = phones.phoneOn()
    await t.start()
    const ada = t.caller()
    t.edge.say(ada.invite(['Require: 100rel', 'Supported: 100rel']))
    await t.settle()
    const ringing = t.edge.last('SIP/2.0 18') ?? ''
    expect(header(ringing, 'Require')).toBe('100rel')
    const toTag = /;tag=(\w+)/.exec(header(ringing, 'To'))?.[1] ?? ''
    t.edge.say(ada.within('PRACK', 2, toTag, [`RAck: ${header(ringing, 'RSeq')} 1 INVITE`]))
    await t.settle()
    expect(t.answersTo('PRACK')).toEqual(['200'])
    await t.phone.handlers['phone.answer']({ sessionId: t.session().id })
    expect(t.session().status).toBe('established')
    expect(t.answersTo('INVITE').at(-1)).toBe('200')
  })
})
