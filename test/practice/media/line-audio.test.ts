// Audio through the whole line: werift at both ends, SIP between them.
import { describe, expect, it } from 'vitest'
import { levelOf } from '../../../practice/voice/level.ts'
import {
  aCall,
  afterTest,
  aLine,
  aRegisteredPhone,
  theInvite,
  until,
} from '../../support/practice/open-line.ts'
import { createPhoneMedia, type PhoneMedia, share, tone } from '../../support/practice/phone-media.ts'
import type { RawPhone, SipText } from '../../support/practice/raw-phone.ts'

async function answeredCall() {
  const line = await aLine()
  const phone = await aRegisteredPhone(line)
  const leg = aCall(line)
  const invite = await theInvite(phone)
  const media = createPhoneMedia()
  afterTest(() => media.close())
  phone.answer(invite, '200 OK', { body: await media.answer(invite.body) })
  await phone.next(({ method }) => method === 'ACK', 'ACK')
  await media.connected()
  return { line, phone, leg, invite, media }
}

/** A re-INVITE of the phone with the direction of its media. */
async function reinvite(
  call: { phone: RawPhone; invite: SipText; media: PhoneMedia },
  cseq: number,
  sdp: string,
) {
  call.phone.inDialog(call.invite, 'INVITE', cseq, { body: sdp })
  const answer = await call.phone.next(
    ({ status, header }) => status >= 200 && header('cseq') === `${cseq} INVITE`,
  )
  call.phone.inDialog(call.invite, 'ACK', cseq)
  return answer
}

describe('the audio of a call', () => {
  it('reaches the phone as it was played, and play resolves when it was sent', async () => {
    const { leg, media } = await answeredCall()
    await leg.play(tone(600, 440))
    await until('the tone arrives', () => media.packets() > 30)
    const loud = media.heard().filter((sample) => Math.abs(sample) > 500)
    expect(loud.length).toBeGreaterThan(3_500)
    const heard = media.heard()
    const start = heard.findIndex((sample) => Math.abs(sample) > 500)
    expect(share(heard.subarray(start + 400, start + 4_000), 440)).toBeGreaterThan(0.95)
  })

  it('comes from the phone in frames of 160 samples', async () => {
    const { leg, media } = await answeredCall()
    const frames: Int16Array[] = []
    leg.onAudio((frame) => frames.push(frame))
    await media.say(tone(400, 600))
    await until('the tone is heard', () => frames.filter((frame) => levelOf(frame) > 3_000).length >= 15)
    expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([160]))
    const loud = frames.filter((frame) => levelOf(frame) > 3_000)
    expect(share(Int16Array.from(loud.flatMap((frame) => [...frame])), 600)).toBeGreaterThan(0.9)
  })

  it('goes on between utterances as quiet noise, never as digital silence', async () => {
    const { media } = await answeredCall()
    await until('packets arrive without a word being said', () => media.packets() > 20)
    const heard = media.heard()
    expect(heard.some((sample) => sample !== 0)).toBe(true)
    expect(levelOf(heard)).toBeLessThan(50)
  })

  it('stops at once when its signal aborts', async () => {
    const { leg, media } = await answeredCall()
    const stop = new AbortController()
    const playing = leg.play(tone(20_000), stop.signal)
    await until('it is heard', () => levelOf(media.heard()) > 1_000)
    stop.abort()
    await playing
    const before = media.packets()
    await until('silence follows', () => media.packets() > before + 10)
    expect(levelOf(media.heard().subarray(-800))).toBeLessThan(50)
  })

  it('tells each key of the phone once', async () => {
    const { leg, media } = await answeredCall()
    const keys: string[] = []
    leg.onDtmf((key) => keys.push(key))
    media.press(5)
    media.press(5)
    media.press(11)
    await until('the keys arrive', () => keys.length >= 3)
    expect(keys).toEqual(['5', '5', '#'])
  })

  it('is silenced each way by the strings', async () => {
    const { line, leg, media } = await answeredCall()
    await until('packets arrive', () => media.packets() > 5)
    line.strings.mute.toPhone = true
    line.strings.mute.fromPhone = true
    const frames: Int16Array[] = []
    leg.onAudio((frame) => frames.push(frame))
    await media.say(tone(100))
    const before = media.packets()
    await leg.play(tone(200))
    expect(media.packets() - before).toBeLessThanOrEqual(1)
    expect(frames.every((frame) => levelOf(frame) === 0)).toBe(true)
    line.strings.mute.toPhone = false
    await until('packets arrive again', () => media.packets() > before + 5)
  })

  it('loses the share of packets that the strings say, in both directions', async () => {
    const { line, leg, media } = await answeredCall()
    line.strings.loss.toPhone = 1
    line.strings.loss.fromPhone = 1
    const frames: Int16Array[] = []
    leg.onAudio((frame) => frames.push(frame))
    const before = media.packets()
    await Promise.all([leg.play(tone(200)), media.say(tone(200))])
    expect(media.packets() - before).toBeLessThanOrEqual(1)
    expect(frames.every((frame) => levelOf(frame) === 0)).toBe(true)
  })

  it('goes on as silence when the phone falls silent', async () => {
    const { line, leg, media } = await answeredCall()
    const frames: Int16Array[] = []
    leg.onAudio((frame) => frames.push(frame))
    await media.say(tone(200))
    line.strings.mute.fromPhone = true
    await until('silence is heard', () => frames.filter((frame) => levelOf(frame) === 0).length > 20)
  })

  it('is still there after the phone re-negotiated, and pauses while the phone holds', async () => {
    const call = await answeredCall()
    const { media, leg, invite } = call
    const answer = await media.answer(invite.body).catch(() => '')
    const sdp = (answer || '').replace('a=setup:active', 'a=setup:actpass')
    expect(sdp).toContain('m=audio')
    const held = await reinvite(call, 1, sdp.replace('a=sendrecv', 'a=sendonly'))
    expect(held.status).toBe(200)
    expect(held.body).toMatch(/a=recvonly/)
    const before = media.packets()
    await leg.play(tone(200))
    expect(media.packets() - before).toBeLessThanOrEqual(2)
    const resumed = await reinvite(call, 2, sdp)
    expect(resumed.body).toMatch(/a=sendrecv/)
    await until('packets arrive again', () => media.packets() > before + 10)
  })

  it('ends with the call: nothing is sent any more and play resolves at once', async () => {
    const { phone, leg, media } = await answeredCall()
    const bye = phone.next(({ method }) => method === 'BYE', 'BYE')
    const gone = leg.hangUp()
    phone.answer(await bye, '200 OK')
    await gone
    expect(leg.state).toMatchObject({ status: 'ended', by: 'local', why: 'normal' })
    const packets = media.packets()
    await leg.play(tone(2_000))
    expect(media.packets() - packets).toBeLessThanOrEqual(2)
  })
})

describe('the extension echo', () => {
  it('answers a call of the phone and gives back what it hears', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const media = createPhoneMedia()
    afterTest(() => media.close())
    phone.request('INVITE', 'echo', await media.offer())
    const answer = await phone.next(({ status }) => status >= 200, 'answer')
    expect(answer.status).toBe(200)
    await media.accept(answer.body)
    await media.connected()
    await media.say(tone(600, 700))
    await until(
      'the echo comes back',
      () => media.heard().filter((sample) => Math.abs(sample) > 3_000).length > 1_500,
    )
    const heard = media.heard()
    const start = heard.findIndex((sample) => Math.abs(sample) > 500)
    expect(share(heard.subarray(start + 160, start + 1_760), 700)).toBeGreaterThan(0.9)
  })

  it('refuses a call without audio', async () => {
    const phone = await aRegisteredPhone(await aLine())
    phone.request('INVITE', 'echo', 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n')
    expect((await phone.next(({ status }) => status >= 200, 'answer')).status).toBe(488)
  })
})
