// Offers and answers with real peer connections: who sends after each, and what is refused.
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BarePhone, openBarePhone } from '../../support/bare-phone.ts'

const browser = '/usr/bin/chromium'
let bare: BarePhone | undefined
beforeAll(async () => {
  if (existsSync(browser)) bare = await openBarePhone()
})
afterAll(() => bare?.close())

/** Runs in the page; `bare.lab` has both ends. */
const inPage = <T>(run: () => Promise<T>): Promise<T> => {
  if (!bare) throw new Error('no browser')
  return bare.page.evaluate(run)
}

describe.skipIf(!existsSync(browser))('a description', { timeout: 30_000 }, () => {
  it('answers with what was built while it rang, and only then lets media begin', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      const offer = await far.offer()
      await ours.description.prepare(offer)
      const ringing = ours.description.peer.iceConnectionState
      await ours.take(offer)
      await far.accept(await ours.body())
      const heard = [await hears(far.peer), await hears(ours.description.peer)]
      return { ringing, heard, directions: ours.directions }
    })
    expect(found).toEqual({
      ringing: 'new',
      heard: [true, true],
      directions: [{ weSend: true, theySend: true }],
    })
  })

  it('offers what was built ahead, when the other side sent no offer', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      await ours.description.prepare()
      const offer = await ours.body()
      await ours.take(await far.answer(offer))
      return {
        candidates: /a=candidate/.test(offer),
        heard: [await hears(far.peer), await hears(ours.description.peer)],
        directions: ours.directions,
      }
    })
    expect(found).toEqual({
      candidates: true,
      heard: [true, true],
      directions: [{ weSend: true, theySend: true }],
    })
  })

  it('holds and resumes: sendonly, then both ways again with sound', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears, silent } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      await ours.take(await far.answer(await ours.body()))
      await hears(ours.description.peer)
      ours.description.hold(true)
      const hold = await ours.body()
      await ours.take(await far.answer(hold))
      await silent(ours.description.peer)
      const kept = await hears(far.peer)
      ours.description.hold(false)
      await ours.take(await far.answer(await ours.body()))
      return {
        hold: /a=sendonly/.test(hold),
        kept,
        heard: [await hears(far.peer), await hears(ours.description.peer)],
        directions: ours.directions.slice(1),
      }
    })
    expect(found).toEqual({
      hold: true,
      // Whether there is sound in what is sent is the microphone's business, not the description's.
      kept: true,
      heard: [true, true],
      directions: [
        { weSend: true, theySend: false },
        { weSend: true, theySend: true },
      ],
    })
  })

  it.each([
    ['sendonly', 'a=sendrecv', 'a=sendonly', 'recvonly', { weSend: false, theySend: true }],
    ['recvonly', 'a=sendrecv', 'a=recvonly', 'sendonly', { weSend: true, theySend: false }],
    ['inactive', 'a=sendrecv', 'a=inactive', 'inactive', { weSend: false, theySend: false }],
    ['inactive for the session', 'a=sendrecv\r\n', '', 'inactive', { weSend: false, theySend: false }],
    [
      'the address of RFC 2543',
      /c=IN IP4 .*/g,
      'c=IN IP4 0.0.0.0',
      'recvonly',
      { weSend: false, theySend: true },
    ],
  ])(
    'is held by them: %s, and answers with the direction that fits',
    async (name, from, to, answered, direction) => {
      if (!bare) throw new Error('no browser')
      const session = name.endsWith('session')
      const found = await bare.page.evaluate(
        async ([pattern, flags, text, whole]) => {
          const { openLab, farEnd, hears } = globalThis.bare.lab
          const [ours, far] = [openLab(), farEnd()]
          await ours.take(await far.offer())
          await far.accept(await ours.body())
          await hears(ours.description.peer)
          const offer = (await far.offer()).replace(new RegExp(pattern, flags), text)
          await ours.take(whole ? offer.replace('t=0 0\r\n', 't=0 0\r\na=inactive\r\n') : offer)
          const answer = await ours.body()
          // They resume.
          await far.accept(answer)
          await ours.take(await far.offer())
          await far.accept(await ours.body())
          return {
            answered: /a=(sendrecv|sendonly|recvonly|inactive)/.exec(answer)?.[1],
            directions: ours.directions.slice(1),
            heard: [await hears(far.peer), await hears(ours.description.peer)],
          }
        },
        [typeof from === 'string' ? from : from.source, 'g', to, session] as const,
      )
      expect(found).toEqual({
        answered,
        directions: [direction, { weSend: true, theySend: true }],
        heard: [true, true],
      })
    },
  )

  it('says inactive when both hold', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      await ours.take((await far.offer()).replace('a=sendrecv', 'a=sendonly'))
      await far.accept(await ours.body())
      ours.description.hold(true)
      const first = await ours.body()
      await ours.take((await far.answer(first)).replace(/a=(sendrecv|recvonly)/, 'a=inactive'))
      return { direction: /a=(sendonly|inactive)/.exec(first)?.[1], last: ours.directions.at(-1) }
    })
    expect(found).toEqual({
      direction: 'inactive',
      last: { weSend: false, theySend: false },
    })
  })

  it('refuses video and a second audio line by port 0, and keeps its own', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      far.peer.addTransceiver('video')
      far.peer.addTransceiver('audio')
      await ours.take(await far.offer())
      const answer = await ours.body()
      await far.accept(answer)
      const again = await ours.body()
      await ours.take(await far.answer(again))
      return {
        lines: (answer.match(/^m=\S+ \d+/gm) ?? []).map((line) => line.replace(/ [1-9]\d*/, ' used')),
        again: (again.match(/^m=\S+ \d+/gm) ?? []).map((line) => line.replace(/ [1-9]\d*/, ' used')),
        heard: [await hears(far.peer), await hears(ours.description.peer)],
      }
    })
    expect(found).toEqual({
      lines: ['m=audio used', 'm=video 0', 'm=audio 0'],
      again: ['m=audio used', 'm=video 0', 'm=audio 0'],
      heard: [true, true],
    })
  })

  it('goes on with what was agreed when a re-INVITE is refused, by us or by them', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      const bad = (await far.offer()).replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')
      const why = await ours.take(bad).catch(({ code, status }) => ({ code, status }))
      await far.peer.setLocalDescription({ type: 'rollback' })
      ours.description.hold(true)
      await ours.body()
      await ours.description.handler.rollbackDescription?.()
      ours.description.hold(false)
      const heard = [await hears(far.peer), await hears(ours.description.peer)]
      await ours.body({ iceRestart: true })
      await ours.description.handler.rollbackDescription?.()
      heard.push(await hears(far.peer), await hears(ours.description.peer))
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      return { why, heard, refused: ours.refused, last: ours.directions.at(-1) }
    })
    expect(found).toEqual({
      why: { code: 'media.offerRefused', status: 488 },
      heard: [true, true, true, true],
      refused: [],
      last: { weSend: true, theySend: true },
    })
  })

  it.each([
    ['RTP/AVP', 'UDP/TLS/RTP/SAVPF', 'RTP/AVP'],
    ['SDES', 'UDP/TLS/RTP/SAVPF', 'RTP/SAVP'],
    ['an empty fingerprint', /a=fingerprint:.*/, 'a=fingerprint:sha-256 '],
    ['no fingerprint', /a=fingerprint:.*\r\n/, ''],
  ])('refuses an answer with %s, and says so', async (_name, from, to) => {
    if (!bare) throw new Error('no browser')
    const found = await bare.page.evaluate(
      async ([pattern, text]) => {
        const { openLab, farEnd } = globalThis.bare.lab
        const [ours, far] = [openLab(), farEnd()]
        const answer = (await far.answer(await ours.body())).replace(new RegExp(pattern), text)
        const early = await ours.description.early(answer).catch(({ code }) => code)
        const final = await ours.take(answer).catch(({ code }) => code)
        return { early, final, refused: ours.refused.length, theirs: ours.description.peer.remoteDescription }
      },
      [typeof from === 'string' ? from : from.source, to] as const,
    )
    expect(found).toEqual({
      early: 'media.answerRefused',
      final: 'media.answerRefused',
      refused: 2,
      theirs: null,
    })
  })

  it('takes their offer when it comes while ours is being built', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      const theirs = await far.offer()
      const mine = ours.body({ iceRestart: true }).catch(() => 'gave way')
      await ours.take(theirs)
      const answer = await ours.body()
      const gave = await mine
      await ours.description.handler.rollbackDescription?.()
      await far.accept(answer)
      return { gave, heard: [await hears(far.peer), await hears(ours.description.peer)] }
    })
    expect(found).toEqual({ gave: 'gave way', heard: [true, true] })
  })

  it('takes their offer when ours never left', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      await ours.body()
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      return [await hears(far.peer), await hears(ours.description.peer)]
    })
    expect(found).toEqual([true, true])
  })

  it('restarts ICE when we ask and when they ask, each time with candidates', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      const user = (sdp: string) => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1]
      await ours.take(await far.offer())
      const first = await ours.body()
      await far.accept(first)
      await hears(far.peer)
      const second = await ours.body({ iceRestart: true })
      await ours.take(await far.answer(second))
      const heard = [await hears(far.peer), await hears(ours.description.peer)]
      await ours.take(await far.offer({ iceRestart: true }))
      const third = await ours.body()
      await far.accept(third)
      heard.push(await hears(far.peer), await hears(ours.description.peer))
      return {
        users: new Set([user(first), user(second), user(third)]).size,
        candidates: [second, third].every((sdp) => /a=candidate/.test(sdp)),
        heard,
      }
    })
    expect(found).toEqual({ users: 3, candidates: true, heard: [true, true, true, true] })
  })

  it('understands the offer of rtpengine: one line with its name, and no group of lines', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      const offer = (await far.offer()).replace(/a=group:BUNDLE.*\r\n/, '')
      await ours.take(offer)
      const answer = await ours.body()
      // The other side here is a browser, which had offered a group.
      await far.accept(answer.replace('t=0 0\r\n', 't=0 0\r\na=group:BUNDLE 0\r\n'))
      return {
        group: /a=group/.test(answer),
        heard: [await hears(far.peer), await hears(ours.description.peer)],
      }
    })
    expect(found).toEqual({ group: false, heard: [true, true] })
  })

  it('goes on with another machine that takes the call over: new address, new certificate', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far, other] = [openLab(), farEnd(), farEnd(900)]
      await ours.take(await far.offer())
      await far.accept(await ours.body())
      await hears(far.peer)
      far.peer.close()
      await ours.take(await other.offer())
      await other.accept(await ours.body())
      // DTLS begins anew, and what was sent meanwhile is thrown away first: this takes the engine some seconds.
      return [await hears(other.peer, 600), await hears(ours.description.peer)]
    })
    expect(found).toEqual([true, true])
  })

  it('plays early media, then that of the next branch, and after an ICE restart speaks with the one that answered', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const ours = openLab()
      const [first, second, third] = [farEnd(), farEnd(900), farEnd(1100)]
      const offer = await ours.body()
      await ours.description.early(await first.answer(offer))
      const heard = [await hears(ours.description.peer)]
      first.peer.close()
      await ours.description.early(await second.answer(offer))
      heard.push(await hears(ours.description.peer))
      // The second one goes on sending.
      await ours.take(await third.answer(offer))
      await ours.take(await third.answer(await ours.body({ iceRestart: true })))
      heard.push(await hears(third.peer), await hears(ours.description.peer))
      return { heard, last: ours.directions.at(-1) }
    })
    expect(found).toEqual({
      heard: [true, true, true, true],
      last: { weSend: true, theySend: true },
    })
  })

  it('takes as the answer what it had played before as early media', async () => {
    const found = await inPage(async () => {
      const { openLab, farEnd, hears } = globalThis.bare.lab
      const [ours, far] = [openLab(), farEnd()]
      const answer = await far.answer(await ours.body())
      await ours.description.early(answer)
      await hears(ours.description.peer)
      await ours.take(answer)
      return [await hears(far.peer), await hears(ours.description.peer)]
    })
    expect(found).toEqual([true, true])
  })
})
