// Transfers of the whole phone: what they do to hold, to the other call, and what is left when they break off.
import { describe, expect, it } from 'vitest'
import { goodOffer, header, reply } from '../../support/fake-edge.ts'
import { createPhones, type PhoneOnEdge } from '../../support/phone-on-edge.ts'

const phones = createPhones()
type Call = Awaited<ReturnType<PhoneOnEdge['establish']>>

/** A phone that answers each re-INVITE at most once, whenever it is told to. */
const setUp = async () => {
  const t = phones.phoneOn()
  await t.start()
  const answered = new Set<string>()
  const answerAll = async () => {
    for (let round = 0; round < 4; round++) {
      for (const invite of t.edge.sent.filter((message) => message.startsWith('INVITE'))) {
        const key = `${header(invite, 'Call-ID')} ${header(invite, 'CSeq')}`
        if (!header(invite, 'To').includes('tag=') || answered.has(key)) continue
        answered.add(key)
        t.edge.say(reply(invite, '200 OK', ['Contact: <sip:edge@edge.invalid;transport=ws>'], goodOffer))
      }
      await t.settle()
    }
  }
  let cseq = 20
  const say = async ({ ada, toTag }: Call, method: string, headers: string[] = [], body = '') => {
    const text = ada.within(method, ++cseq, toTag, headers)
    t.edge.say(text.replace(/Content-Length: 0\r\n\r\n$/, `Content-Length: ${body.length}\r\n\r\n${body}`))
    await t.settle()
  }
  const accept = async () => {
    t.edge.say(reply(t.edge.last('REFER') ?? '', '202 Accepted'))
    await t.settle()
  }
  const failed = (call: Call) =>
    say(
      call,
      'NOTIFY',
      ['Event: refer', 'Subscription-State: terminated', 'Content-Type: message/sipfrag;version=2.0'],
      'SIP/2.0 486 Busy Here\r\n',
    )
  const find = (id: string) => t.sessions().find((each) => each.id === id)
  return { ...t, answerAll, say, accept, failed, find }
}

describe('a transfer that fails', () => {
  it('takes the call off hold again while it is the one in front', async () => {
    const t = await setUp()
    const ada = await t.establish()
    const asked = t.phone.transfer(ada.id, '2002')
    await t.answerAll()
    await t.accept()
    await asked
    await t.failed(ada)
    await t.answerAll()
    expect(t.find(ada.id)).toMatchObject({ transfer: { status: 'failed' }, held: { byUs: false } })
  })

  it('leaves the call on hold when another one is in front by then', async () => {
    const t = await setUp()
    const ada = await t.establish()
    const asked = t.phone.transfer(ada.id, '2002')
    await t.answerAll()
    await t.accept()
    await asked
    const ben = await t.establish({ callId: 'second' })
    await t.answerAll()
    await t.failed(ada)
    await t.answerAll()
    expect(t.find(ada.id)).toMatchObject({ transfer: { status: 'failed' }, held: { byUs: true } })
    expect(t.find(ben.id)).toMatchObject({ status: 'established', held: { byUs: false } })
  })

  it.each(['before', 'after'])(
    'leaves the call where the person put it on hold %s the far end agreed to be held',
    async (when) => {
      const t = await setUp()
      const ada = await t.establish()
      const asked = t.phone.transfer(ada.id, '2002')
      await t.settle()
      if (when === 'after') await t.answerAll()
      const held = t.phone.setHeld(ada.id, true)
      await t.answerAll()
      await held
      await t.accept()
      await asked
      await t.failed(ada)
      await t.answerAll()
      expect(t.find(ada.id)).toMatchObject({ transfer: { status: 'failed' }, held: { byUs: true } })
    },
  )
})

describe('an attended transfer', () => {
  /** Ada is in front again; Ben is who was asked first. */
  const consulted = async () => {
    const t = await setUp()
    const ada = await t.establish()
    const ben = await t.establish({ callId: 'second' })
    await t.answerAll()
    const swapped = t.phone.swapTo(ada.id)
    await t.answerAll()
    await swapped
    return { ...t, ada, ben }
  }

  /** We hang up on Ada in the middle of it: that is its failure; Ben's BYE afterwards ends Ben's call and explains nothing. */
  const endsAsGone = async (t: Awaited<ReturnType<typeof consulted>>, asked: Promise<unknown>) => {
    const hungUp = t.phone.handlers['phone.hangUp']({ sessionId: t.ada.id })
    await t.settle(100)
    await hungUp
    expect(await asked).toMatchObject({ code: 'call.gone' })
    expect(t.find(t.ada.id)?.transfer).toMatchObject({ status: 'failed', error: { code: 'call.gone' } })
    await t.say(t.ben, 'BYE')
    expect(t.find(t.ben.id)).toMatchObject({ status: 'ended', outcome: 'hungUpByThem' })
  }

  it('whose call ends while it is put on hold has failed, and a BYE of the consultation is an ordinary one', async () => {
    const t = await consulted()
    const asked = t.phone.transferTo(t.ada.id, t.ben.id).catch((error: unknown) => error)
    await t.settle()
    await endsAsGone(t, asked)
  })

  it('whose call we end before the answer has failed, and a BYE of the consultation is an ordinary one', async () => {
    const t = await consulted()
    const asked = t.phone.transferTo(t.ada.id, t.ben.id).catch((error: unknown) => error)
    await t.answerAll()
    expect(t.edge.count('REFER')).toBe(1)
    await endsAsGone(t, asked)
  })

  it('that failed is forgotten: a later blind one does not explain a BYE of the consultation', async () => {
    const t = await consulted()
    const asked = t.phone.transferTo(t.ada.id, t.ben.id)
    await t.answerAll()
    await t.accept()
    await asked
    await t.failed(t.ada)
    await t.answerAll()
    const again = t.phone.transfer(t.ada.id, '2002')
    await t.answerAll()
    await t.accept()
    await again
    await t.say(t.ben, 'BYE')
    expect(t.find(t.ben.id)).toMatchObject({ status: 'ended', outcome: 'hungUpByThem' })
  })
})
