// Handing calls over on the real edge, judged by the one who is transferred and by the one who gets the call.
import { expect, it } from 'vitest'
import type { PeerCall } from '../peer/call.ts'
import { nowMs } from '../peer/facts.ts'
import { header } from '../peer/message.ts'
import { bob, type RingingCall, shareScene } from '../support/scene.ts'
import { tonePcm } from '../support/tone.ts'
import { dial, swapTo, transfer, transferTo } from '../support/verbs.ts'

const scene = shareScene()

const untilTransfer = ({ until }: RingingCall, status: string) =>
  until(`a transfer that is ${status}`, ({ transfer: found }) =>
    found?.status === status ? found : undefined,
  )
const untilEnd = ({ until }: Pick<RingingCall, 'until'>) =>
  until('the end', (session) => (session.status === 'ended' ? session : undefined))

/** The one speaks, the other one hears it: without us, who would be heard otherwise. */
const expectHeard = async (from: PeerCall, to: PeerCall) => {
  const since = nowMs()
  await Promise.all([to.heard.sound(since), from.play(tonePcm(700, 2))])
}
const expectTalking = async (one: PeerCall, other: PeerCall) => {
  await expectHeard(one, other)
  await expectHeard(other, one)
}
/** A call that is up at both ends: our person is heard. */
const openTalk = async () => {
  const talk = await scene().talk()
  await talk.call.heard.sound()
  return talk
}
/** Talks with somebody, and asks them to call Bob, whose phone rings. */
const sendToBob = async () => {
  const bobsPhone = await scene().extension()
  const talk = await openTalk()
  await transfer(scene().phone, talk.sessionId, bob.user)
  return { talk, invitation: await bobsPhone.nextInvitation() }
}

it('a blind transfer: they call Bob in our name, speak with him, and we are gone', async () => {
  const { talk, invitation } = await sendToBob()
  expect(header(invitation.request, 'Referred-By')).toContain(`sip:2000@${scene().edge.domain}`)
  invitation.ring()
  await untilTransfer(talk, 'ringing')
  const bobsCall = await invitation.answer()
  expect(await untilTransfer(talk, 'done')).toMatchObject({ kind: 'blind', to: bob.user, sipStatus: 200 })
  expect(await talk.call.ended()).toMatchObject({ by: 'them', how: 'bye' })
  expect(await untilEnd(talk)).toMatchObject({ outcome: 'transferred' })
  await expectTalking(await talk.call.transferred(), bobsCall)
})

it('whoever is transferred is on hold before they are asked', async () => {
  const { talk, invitation } = await sendToBob()
  const asked = talk.call.facts.all.filter((fact) => fact.kind === 'request').map(({ message }) => message)
  expect(asked.map(({ method }) => method)).toEqual(['INVITE', 'REFER'])
  expect(asked[0]?.body).toContain('a=sendonly')
  invitation.refuse()
  await untilTransfer(talk, 'failed')
})

it.each([486, 404, 603])(
  'a new party that answers %d: told, and the call goes on off hold',
  async (status) => {
    const { talk, invitation } = await sendToBob()
    invitation.ring()
    invitation.refuse(status)
    expect(await untilTransfer(talk, 'failed')).toMatchObject({
      sipStatus: status,
      error: { code: 'call.transferFailed' },
    })
    await talk.until('off hold', ({ held }) => !held.byUs)
    await talk.call.heard.sound(nowMs())
    expect(await talk.session()).toMatchObject({ status: 'established' })
  },
)

it('an extension that nobody has: told, and the call goes on', async () => {
  const talk = await openTalk()
  await transfer(scene().phone, talk.sessionId, '2999')
  expect(await untilTransfer(talk, 'failed')).toMatchObject({ to: '2999', sipStatus: 404 })
  await talk.until('off hold', ({ held }) => !held.byUs)
})

it.each([403, 405, 501, 603])(
  'a REFER that is refused with %d: the call goes on off hold',
  async (status) => {
    const talk = await openTalk()
    await talk.call.heard.sound()
    talk.call.manners.refer = status
    await expect(transfer(scene().phone, talk.sessionId, bob.user)).rejects.toThrow(
      /does not accept a transfer/,
    )
    const { transfer: found } = await talk.session()
    expect(found).toMatchObject({ status: 'failed', sipStatus: status })
    expect(found?.error?.remedy).toContain('POST /transfers')
    await talk.until('off hold', ({ held }) => !held.byUs)
    await talk.call.heard.sound(nowMs())
  },
)

it('after a refusal the next one may work', async () => {
  const bobsPhone = await scene().extension()
  const talk = await openTalk()
  talk.call.manners.refer = 603
  await expect(transfer(scene().phone, talk.sessionId, bob.user)).rejects.toThrow()
  await talk.until('off hold', ({ held }) => !held.byUs)
  talk.call.manners.refer = 'follow'
  await transfer(scene().phone, talk.sessionId, bob.user)
  await (await bobsPhone.nextInvitation()).answer()
  expect(await untilEnd(talk)).toMatchObject({ outcome: 'transferred' })
})

/** They accept to call Bob, and tell no more. */
const sendIntoSilence = async () => {
  const talk = await openTalk()
  talk.call.manners.refer = 202
  await transfer(scene().phone, talk.sessionId, bob.user)
  return talk
}

it('an accepted transfer of which nothing is heard is called unknown, until something is', async () => {
  const talk = await sendIntoSilence()
  expect(await untilTransfer(talk, 'failed')).toMatchObject({ error: { code: 'call.transferUnknown' } })
  expect(await talk.session()).toMatchObject({ status: 'established', held: { byUs: true } })
  const late = await talk.call.request('NOTIFY', {
    headers: [
      ['Event', 'refer'],
      ['Subscription-State', 'terminated;reason=noresource'],
      ['Content-Type', 'message/sipfrag;version=2.0'],
    ],
    body: 'SIP/2.0 200 OK\r\n',
  })
  expect(late.status).toBe(200)
  expect(await untilEnd(talk)).toMatchObject({ outcome: 'transferred' })
})

it('who hangs up before it is known how it went is not called transferred', async () => {
  const talk = await sendIntoSilence()
  expect((await talk.call.bye()).status).toBe(200)
  expect(await untilEnd(talk)).toMatchObject({ outcome: 'hungUpByThem', transfer: { status: 'failed' } })
})

/** Somebody on hold, and Bob, whom we called for them. */
const consult = async () => {
  const bobsPhone = await scene().extension()
  const talk = await openTalk()
  const consultation = await dial(scene().phone, bob.user)
  const bobsCall = await (await bobsPhone.nextInvitation()).answer()
  await consultation.until('established', ({ status }) => status === 'established')
  await talk.until('on hold', ({ held }) => held.byUs)
  await bobsCall.heard.sound()
  const connect = async () => {
    await transferTo(scene().phone, talk.sessionId, consultation.id)
    return bobsPhone.nextInvitation()
  }
  return { talk, consultation, bobsCall, connect }
}

it('an attended transfer: the new call takes the place of ours at Bob, and both of ours end', async () => {
  const { talk, consultation, bobsCall, connect } = await consult()
  const invitation = await connect()
  expect(invitation.replaces).toBe(bobsCall)
  const taken = await invitation.answer()
  expect(await untilEnd(talk)).toMatchObject({ outcome: 'transferred', transfer: { kind: 'attended' } })
  expect(await untilEnd(consultation)).toMatchObject({ outcome: 'transferred' })
  await Promise.all([talk.call.ended(), bobsCall.ended()])
  await expectTalking(await talk.call.transferred(), taken)
})

it('an attended transfer also works from the one in front to the one on hold', async () => {
  const { talk, consultation, connect } = await consult()
  await swapTo(scene().phone, talk.sessionId)
  const taken = await (await connect()).answer()
  await untilEnd(talk)
  await untilEnd(consultation)
  await expectTalking(await talk.call.transferred(), taken)
})

it('an attended transfer that Bob refuses leaves both calls as they were', async () => {
  const { talk, bobsCall, connect } = await consult()
  ;(await connect()).refuse(603)
  expect(await untilTransfer(talk, 'failed')).toMatchObject({ sipStatus: 603 })
  const since = nowMs()
  await bobsCall.heard.sound(since)
  expect(await talk.session()).toMatchObject({ status: 'established', held: { byUs: true } })
  expect(talk.call.heard.level(since)).toBeLessThan(50)
})

it('nobody can make us call: a REFER to us is refused, and nothing leaves', async () => {
  const bobsPhone = await scene().extension()
  const talk = await openTalk()
  expect((await talk.call.refer(bobsPhone.uri)).status).toBe(603)
  const { sessions } = await scene().phone.state()
  expect(sessions.filter(({ status }) => status !== 'ended')).toHaveLength(1)
  expect(bobsPhone.invitations.all).toEqual([])
  const rows = await scene().phone.rows()
  expect(rows.some(({ title }) => title.includes('refused with 603') && title.includes(bobsPhone.uri))).toBe(
    true,
  )
  await talk.call.heard.sound(nowMs())
})
