// Calls to a phone, from the INVITE to the end, in every way they go.
import { describe, expect, it } from 'vitest'
import {
  aCall,
  afterTest,
  aLine,
  aPhone,
  aRegisteredPhone,
  reached,
  theInvite,
} from '../../support/practice/open-line.ts'
import { createPhoneMedia } from '../../support/practice/phone-media.ts'
import type { RawPhone, SipText } from '../../support/practice/raw-phone.ts'

const bye = (phone: RawPhone) => phone.next(({ method }) => method === 'BYE', 'BYE')
const ack = (phone: RawPhone) => phone.next(({ method }) => method === 'ACK', 'ACK')

async function pickUp(phone: RawPhone, invite: SipText): Promise<void> {
  const media = createPhoneMedia()
  afterTest(() => media.close())
  phone.answer(invite, '200 OK', { body: await media.answer(invite.body) })
  await ack(phone)
}

describe('a call to a phone', () => {
  it('arrives at the contact as registered, with caller and an ICE-lite offer over DTLS-SRTP on loopback only', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    const invite = await theInvite(phone)
    expect(invite.first).toBe(`INVITE ${phone.contact} SIP/2.0`)
    expect(invite.header('from')).toMatch(/^"Ada" <sip:%?\+15550001@c1\.registrar\.practice\.test>;tag=/)
    expect(invite.header('to')).toBe('<sip:2001@c1.registrar.practice.test>')
    expect(invite.header('call-id')).toBe(leg.sipCallId)
    expect(invite.body).toMatch(/m=audio \d+ UDP\/TLS\/RTP\/SAVPF 0 101\r\n/)
    expect(invite.body).toMatch(/a=ice-lite/)
    expect(invite.body).toMatch(/a=rtpmap:101 telephone-event\/8000/)
    const addresses = [...invite.body.matchAll(/a=candidate:\S+ \d udp \d+ (\S+)/g)].map(
      ([, address]) => address,
    )
    expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']))
  })

  it('calls, rings, is answered and ended by the phone', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    const seen: string[] = [leg.state.status]
    leg.onChange(({ status }) => seen.push(status))
    const invite = await theInvite(phone)
    phone.answer(invite, '100 Trying')
    phone.answer(invite, '180 Ringing')
    await reached(leg, 'ringing')
    await pickUp(phone, invite)
    await reached(leg, 'answered')
    phone.inDialog(invite, 'BYE', 1)
    expect(await reached(leg, 'ended')).toMatchObject({ by: 'remote', why: 'normal' })
    expect((await phone.next(({ header }) => header('cseq') === '1 BYE')).status).toBe(200)
    expect(seen).toEqual(['calling', 'ringing', 'answered', 'ended'])
  })

  it('is ended by us with BYE, and waits for its answer', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    await pickUp(phone, await theInvite(phone))
    await reached(leg, 'answered')
    const done = leg.hangUp()
    const goodbye = await bye(phone)
    expect(leg.state.status).toBe('answered')
    phone.answer(goodbye, '200 OK')
    await done
    expect(leg.state).toMatchObject({ status: 'ended', by: 'local', why: 'normal' })
  })

  it('is ended once, however often we hang up', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    await pickUp(phone, await theInvite(phone))
    await reached(leg, 'answered')
    const done = Promise.all([leg.hangUp(), leg.hangUp()])
    phone.answer(await bye(phone), '200 OK')
    await done
    await leg.hangUp()
    // Whatever was sent arrives before the answer to this.
    phone.request('OPTIONS', 'practice')
    const next = await phone.next(({ method, status }) => method === 'BYE' || status === 200)
    expect(next.header('cseq')).toBe('1 OPTIONS')
  })

  it('is cancelled while it rings', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    const invite = await theInvite(phone)
    phone.answer(invite, '180 Ringing')
    await reached(leg, 'ringing')
    const done = leg.hangUp()
    const cancel = await phone.next(({ method }) => method === 'CANCEL', 'CANCEL')
    phone.answer(cancel, '200 OK')
    phone.answer(invite, '487 Request Terminated')
    await done
    expect(leg.state).toMatchObject({ status: 'ended', by: 'local', why: 'canceled', sipStatus: 487 })
    await ack(phone)
  })

  it('gives up with CANCEL when nobody answers in time', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line, { ringMs: 50 })
    const invite = await theInvite(phone)
    phone.answer(invite, '180 Ringing')
    const cancel = await phone.next(({ method }) => method === 'CANCEL', 'CANCEL')
    phone.answer(cancel, '200 OK')
    phone.answer(invite, '487 Request Terminated')
    expect(await reached(leg, 'ended')).toMatchObject({ by: 'local', why: 'timeout', sipStatus: 487 })
  })

  it('says goodbye when the answer crossed the CANCEL', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    const invite = await theInvite(phone)
    phone.answer(invite, '180 Ringing')
    await reached(leg, 'ringing')
    const done = leg.hangUp()
    await pickUp(phone, invite)
    phone.answer(await bye(phone), '200 OK')
    await done
    expect(leg.state).toMatchObject({ status: 'ended', by: 'local', why: 'canceled' })
  })

  it('ends within its two seconds with a phone that has died, and does not ring on when it wakes up', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    const invite = await theInvite(phone)
    await leg.hangUp()
    expect(leg.state).toMatchObject({ status: 'ended', by: 'local', why: 'canceled' })
    phone.answer(invite, '180 Ringing')
    await phone.next(({ method }) => method === 'CANCEL', 'CANCEL')
  })

  it.each([
    ['486 Busy Here', 'busy'],
    ['600 Busy Everywhere', 'busy'],
    ['603 Decline', 'declined'],
    ['480 Temporarily Unavailable', 'declined'],
    ['404 Not Found', 'unreachable'],
    ['488 Not Acceptable Here', 'failed'],
    ['500 Oops', 'failed'],
  ])('takes %s as %s', async (status, why) => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    phone.answer(await theInvite(phone), status)
    expect(await reached(leg, 'ended')).toMatchObject({
      by: 'remote',
      why,
      sipStatus: Number(status.slice(0, 3)),
    })
    await ack(phone)
  })

  it('is unreachable when the socket of the contact is gone', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    await phone.close()
    // Our close is seen by the line when another phone that came later is served.
    await aPhone(line)
    const leg = aCall(line)
    expect(await reached(leg, 'ended')).toMatchObject({ by: 'local', why: 'unreachable' })
  })

  it('fails, with BYE, when the answer has no audio', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    phone.answer(await theInvite(phone), '200 OK', {
      body: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n',
    })
    await ack(phone)
    await bye(phone)
    expect(await reached(leg, 'ended')).toMatchObject({ by: 'local', why: 'failed' })
  })

  it('lives on when its socket is replaced: the new one carries the BYE', async () => {
    const line = await aLine()
    const first = await aRegisteredPhone(line, '2001', { at: 'me@my.invalid' })
    const leg = aCall(line)
    await pickUp(first, await theInvite(first))
    await reached(leg, 'answered')
    const gone = new Promise((resolve) => first.socket.once('close', resolve))
    line.cutSockets()
    await gone
    expect(leg.state.status).toBe('answered')
    const second = await aRegisteredPhone(line, '2001', { at: 'me@my.invalid' })
    const done = leg.hangUp()
    second.answer(await bye(second), '200 OK')
    await done
    expect(leg.state).toMatchObject({ status: 'ended', why: 'normal' })
  })

  it('hears the BYE of the phone on its new socket', async () => {
    const line = await aLine()
    const first = await aRegisteredPhone(line, '2001', { at: 'me@my.invalid' })
    const leg = aCall(line)
    const invite = await theInvite(first)
    await pickUp(first, invite)
    await reached(leg, 'answered')
    await first.close()
    const second = await aRegisteredPhone(line, '2001', { at: 'me@my.invalid', tag: first.tag })
    second.inDialog(invite, 'BYE', 1)
    expect((await second.next(({ header }) => header('cseq') === '1 BYE')).status).toBe(200)
    expect(await reached(leg, 'ended')).toMatchObject({ by: 'remote', why: 'normal' })
  })

  it('follows the phone to a new socket by a re-INVITE alone', async () => {
    const line = await aLine()
    const first = await aRegisteredPhone(line, '2001', { at: 'me@my.invalid' })
    const leg = aCall(line)
    const invite = await theInvite(first)
    await pickUp(first, invite)
    await reached(leg, 'answered')
    await first.close()
    const second = await aPhone(line, '2001', { at: 'me@other.invalid', tag: first.tag })
    second.inDialog(invite, 'INVITE', 1)
    const answer = await second.next(({ header }) => header('cseq') === '1 INVITE')
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('m=audio')
    second.inDialog(invite, 'ACK', 1)
    const done = leg.hangUp()
    second.answer(await bye(second), '200 OK')
    await done
  })

  it('answers what comes inside the call: INFO and OPTIONS yes, REFER and MESSAGE no', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    const invite = await theInvite(phone)
    await pickUp(phone, invite)
    await reached(leg, 'answered')
    const ask = async (method: string, cseq: number, headers: string[] = []) => {
      phone.inDialog(invite, method, cseq, { headers })
      return (await phone.next(({ header }) => header('cseq') === `${cseq} ${method}`, method)).status
    }
    expect(await ask('INFO', 1)).toBe(200)
    expect(await ask('OPTIONS', 2)).toBe(200)
    expect(await ask('REFER', 3, ['Refer-To: <sip:2002@c1.registrar.practice.test>'])).toBe(501)
    expect(await ask('MESSAGE', 4)).toBe(405)
    expect(leg.state.status).toBe('answered')
  })

  it('calls a contact by its own words, whatever they are', async () => {
    const line = await aLine()
    const uri = 'sip:AbC%20d@Host.Invalid;transport=ws;Alias=10.0.0.1~5060~5;ob'
    const phone = await aPhone(line)
    await phone.register({ password: 'secret', contacts: [`"A, B" <${uri}>;+sip.ice;expires=120`] })
    const leg = aCall(line)
    const invite = await theInvite(phone)
    expect(invite.first).toBe(`INVITE ${uri} SIP/2.0`)
    phone.answer(invite, '180 Ringing')
    await reached(leg, 'ringing')
    void leg.hangUp()
    const cancel = await phone.next(({ method }) => method === 'CANCEL', 'CANCEL')
    expect(cancel.first).toBe(`CANCEL ${uri} SIP/2.0`)
    phone.answer(invite, '487 Request Terminated')
    expect((await ack(phone)).first).toBe(`ACK ${uri} SIP/2.0`)
    await reached(leg, 'ended')
  })

  it('ends, with BYE, when the phone sends no more packets: it was killed', async () => {
    const line = await aLine(undefined, 400)
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    const invite = await theInvite(phone)
    const media = createPhoneMedia()
    phone.answer(invite, '200 OK', { body: await media.answer(invite.body) })
    await media.connected()
    await media.close()
    phone.answer(await bye(phone), '200 OK')
    expect(await reached(leg, 'ended')).toMatchObject({ by: 'local', why: 'failed' })
  })

  it('leaves nothing behind when the edge restarts', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const leg = aCall(line)
    await pickUp(phone, await theInvite(phone))
    await reached(leg, 'answered')
    await line.restart()
    expect(leg.state).toMatchObject({ status: 'ended', by: 'local', why: 'failed' })
  })

  it('keeps a display name with quotes and line ends in one header', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    aCall(line, { from: { user: '', displayName: 'A "B"\r\nX-Evil: 1' } })
    const invite = await theInvite(phone)
    expect(invite.header('from')).toMatch(/^"A {2}B {3,4}X-Evil: 1" <sip:anonymous@/)
    expect(invite.header('x-evil')).toBe('')
  })
})
