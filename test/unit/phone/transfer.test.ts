// Transfers over a fake wire: real SIP.js, text on the other side.
import type { Invitation, SessionDescriptionHandler } from 'sip.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Session, Transfer } from '../../../common/model/phone.ts'
import { aSession } from '../../../renderer/gallery/people.ts'
import { toSipIdentity } from '../../../renderer/phone/identity.ts'
import { createTransfers, refuseReferral } from '../../../renderer/phone/transfer.ts'
import { createSipEndpoint } from '../../../renderer/phone/user-agent.ts'
import { createCaller, createFakeEdge, header, reply, toTagOf } from '../../support/fake-edge.ts'

const domain = '11111111-2222-4333-8444-555555555555.registrar.voipbin.test'
const identity = toSipIdentity('3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11')
const contactUri = `sip:${identity.contactUser}@${identity.contactHost};transport=ws`

const describeNothing = (): SessionDescriptionHandler => ({
  close: () => {},
  getDescription: async () => ({ body: 'v=0\r\n', contentType: 'application/sdp' }),
  setDescription: async () => {},
  hasDescription: (type) => type === 'application/sdp',
  rollbackDescription: async () => {},
  sendDtmf: () => false,
})

const settle = (ms = 20) => vi.advanceTimersByTimeAsync(ms)
let scope: Scope

async function setUp() {
  const edge = createFakeEdge(domain)
  const arrived: Invitation[] = []
  const endpoint = await createSipEndpoint({
    start: { domain, username: '2000', password: 'canary' },
    identity,
    createSocket: edge.createSocket,
    report: () => {},
    ringMs: 75_000,
    onInvite: (invitation) => void arrived.push(invitation),
    describe: describeNothing,
  })
  scope.add(() => endpoint.dispose())
  const opening = endpoint.link.open('wss://edge.test', 1000)
  await settle()
  await opening

  /** A call that somebody made to us, with the transfers of its session. */
  const call = async (callId: string, name = 'Ada') => {
    const them = createCaller({ requestUri: contactUri, to: `sip:2000@${domain}`, callId })
    edge.say(them.invite())
    await settle()
    const invitation = arrived.at(-1)
    if (!invitation) throw new Error('no invitation')
    await invitation.accept()
    const toTag = toTagOf(edge.last('SIP/2.0 200') ?? '')
    edge.say(them.ack(toTag))
    await settle()
    const steps: string[] = []
    const sessionScope = scope.child(callId)
    let session: Session = aSession({
      id: callId,
      remote: { user: '2001', displayName: name, host: 'x.test' },
    })
    const holdFails = { now: false }
    const set = (patch: Partial<Session>) => {
      session = { ...session, ...patch }
    }
    const transfers = createTransfers({
      scope: sessionScope,
      sip: invitation,
      get: () => session,
      set,
      note: (title) => steps.push(title),
      hold: async () => {
        if (holdFails.now) throw new Error('488')
        steps.push('held')
        set({ held: { byUs: true, byThem: false } })
      },
      resume: async () => {
        steps.push('resumed')
        set({ held: { byUs: false, byThem: false } })
      },
      leave: () => {
        if (session.status === 'ended') return
        set({ status: 'ended', outcome: 'transferred' })
        steps.push('left')
        void sessionScope.end()
      },
    })
    invitation.delegate = {
      onNotify: (notification) => transfers.onNotify(notification),
      onRefer: (referral) => refuseReferral(referral, (title) => steps.push(title)),
      onBye: (bye) => {
        const ending = transfers.endingOfBye()
        set({ status: 'ended', outcome: ending?.outcome ?? 'hungUpByThem', reason: ending?.reason })
        void bye.accept()
        void sessionScope.end()
      },
    }
    let cseq = 10
    const say = (method: string, headers: string[] = [], body = '') => {
      const text = them.within(method, ++cseq, toTag, headers)
      edge.say(text.replace(/Content-Length: 0\r\n\r\n$/, `Content-Length: ${body.length}\r\n\r\n${body}`))
      return settle()
    }
    const refer = () => edge.last('REFER') ?? ''
    const answer = async (status: string, extra: string[] = []) => {
      edge.say(reply(refer(), status, extra))
      await settle()
    }
    const news = (status: string, state = 'active;expires=60', event = 'refer') =>
      say(
        'NOTIFY',
        [`Event: ${event}`, `Subscription-State: ${state}`, 'Content-Type: message/sipfrag;version=2.0'],
        status && `SIP/2.0 ${status}\r\n`,
      )
    return {
      transfers,
      steps,
      set,
      toTag,
      say,
      refer,
      answer,
      news,
      holdFails,
      get session() {
        return session
      },
      get transfer(): Partial<Transfer> {
        return session.transfer ?? {}
      },
    }
  }
  return { edge, call }
}

const answersTo = (edge: { sent: string[] }, method: string) =>
  edge.sent
    .filter((message) => message.startsWith('SIP/2.0') && header(message, 'CSeq').endsWith(method))
    .map((message) => message.slice(8, 11))

beforeEach(() => {
  vi.useFakeTimers()
  scope = createScope('test')
})
afterEach(async () => {
  const ending = scope.end()
  await settle(5000)
  await ending
  vi.useRealTimers()
})

describe('a blind transfer', () => {
  it('holds, then asks the other side in our name to call the new party', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const asked = ada.transfers.blind('+49 30 123456')
    await settle()
    expect(ada.steps[0]).toBe('held')
    expect(ada.transfer).toEqual({ kind: 'blind', to: '+4930123456', status: 'asking' })
    expect(header(ada.refer(), 'Refer-To')).toBe(`<sip:+4930123456@${domain}>`)
    expect(header(ada.refer(), 'Referred-By')).toBe(`<sip:2000@${domain}>`)
    expect(header(ada.refer(), 'Contact')).toContain(identity.contactUser)
    await ada.answer('202 Accepted')
    await asked
    expect(ada.transfer.status).toBe('trying')
  })

  it('shows how it goes, and says BYE when the other side has not, a moment after it worked', async () => {
    const { edge, call } = await setUp()
    const ada = await call('call-1')
    void ada.transfers.blind('2002')
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('100 Trying')
    expect(ada.transfer.status).toBe('trying')
    await ada.news('180 Ringing')
    expect(ada.transfer).toMatchObject({ status: 'ringing', sipStatus: 180 })
    await ada.news('200 OK', 'terminated;reason=noresource')
    expect(ada.transfer).toMatchObject({ status: 'done', sipStatus: 200 })
    expect(answersTo(edge, 'NOTIFY')).toEqual(['200', '200', '200'])
    expect(ada.session.status).toBe('established')
    await settle(2000)
    expect(ada.session).toMatchObject({ status: 'ended', outcome: 'transferred' })
  })

  it('is over when they say BYE after it worked, and ours is not sent', async () => {
    const { edge, call } = await setUp()
    const ada = await call('call-1')
    void ada.transfers.blind('2002')
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('200 OK', 'terminated;reason=noresource')
    await ada.say('BYE')
    await settle(5000)
    expect(ada.session).toMatchObject({ status: 'ended', outcome: 'transferred' })
    expect(ada.steps).not.toContain('left')
    expect(answersTo(edge, 'BYE')).toEqual(['200'])
  })

  it('understands a NOTIFY that overtakes the 202', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const asked = ada.transfers.blind('2002')
    await settle()
    await ada.news('180 Ringing')
    await ada.answer('202 Accepted')
    await asked
    expect(ada.transfer.status).toBe('ringing')
    await ada.news('100 Trying')
    expect(ada.transfer.status).toBe('ringing')
  })

  it('that failed leaves the call, off hold again, with the status of the new party', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    void ada.transfers.blind('2002')
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('486 Busy Here', 'terminated;reason=noresource')
    expect(ada.transfer).toMatchObject({
      status: 'failed',
      sipStatus: 486,
      error: { code: 'call.transferFailed', detail: 'Busy Here', status: 486 },
    })
    expect(ada.session).toMatchObject({ status: 'established', held: { byUs: false } })
    await settle(120_000)
    expect(ada.steps).not.toContain('left')
  })

  it('that failed leaves a call on hold that a person had put there', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    ada.set({ held: { byUs: true, byThem: false } })
    void ada.transfers.blind('2002')
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('404 Not Found', 'terminated;reason=noresource')
    expect(ada.transfer.status).toBe('failed')
    expect(ada.session.held.byUs).toBe(true)
  })

  it('goes on without hold where the other side refuses that', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    ada.holdFails.now = true
    void ada.transfers.blind('2002')
    await settle()
    expect(ada.refer()).toContain('Refer-To')
    await ada.answer('202 Accepted')
    await ada.news('603 Decline', 'terminated;reason=noresource')
    expect(ada.steps).not.toContain('resumed')
  })

  it.each([
    '403 Forbidden',
    '405 Method Not Allowed',
    '501 Not Implemented',
    '603 Decline',
    '302 Moved Temporarily',
  ])(
    'that is refused with %s fails at once, names the other way, and the call goes on off hold',
    async (status) => {
      const { call } = await setUp()
      const ada = await call('call-1')
      const asked = ada.transfers.blind('2002').catch((error: unknown) => error)
      await settle()
      await ada.answer(status)
      expect(await asked).toMatchObject({ code: 'call.transferRefused', status: Number(status.slice(0, 3)) })
      expect(ada.transfer.error?.remedy).toContain('POST /transfers')
      expect(ada.session).toMatchObject({ status: 'established', held: { byUs: false } })
    },
  )

  it('that is never answered is refused with 408', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const asked = ada.transfers.blind('2002').catch((error: unknown) => error)
    await settle(40_000)
    expect(await asked).toMatchObject({ code: 'call.transferRefused', status: 408 })
  })

  it('without a NOTIFY says after a while that nobody knows, keeps the call held, and believes a late one', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    void ada.transfers.blind('2002')
    await settle()
    await ada.answer('202 Accepted')
    await settle(9_900)
    expect(ada.transfer.status).toBe('trying')
    await settle(200)
    expect(ada.transfer).toMatchObject({ status: 'failed', error: { code: 'call.transferUnknown' } })
    expect(ada.session).toMatchObject({ status: 'established', held: { byUs: true } })
    await ada.news('200 OK', 'terminated;reason=noresource')
    expect(ada.transfer).toMatchObject({ status: 'done', error: undefined })
  })

  it('whose subscription ends without an outcome is unknown, not done', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    void ada.transfers.blind('2002')
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('100 Trying', 'terminated;reason=timeout')
    expect(ada.transfer.error?.code).toBe('call.transferUnknown')
  })

  it('whose other side hangs up before it tells is not called a success', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    void ada.transfers.blind('2002')
    await settle()
    await ada.answer('202 Accepted')
    await ada.say('BYE')
    expect(ada.session).toMatchObject({
      status: 'ended',
      outcome: 'hungUpByThem',
      reason: expect.stringContaining('transfer'),
    })
    expect(ada.transfer.error?.code).toBe('call.transferUnknown')
  })

  it('ends with the call when that ends before the answer', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const asked = ada.transfers.blind('2002').catch((error: unknown) => error)
    await settle()
    await ada.say('BYE')
    expect(await asked).toMatchObject({ code: 'call.gone' })
  })

  it('is one at a time; after a failure another may be tried, and news of the first no longer count', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    void ada.transfers.blind('2002')
    await settle()
    const firstCSeq = header(ada.refer(), 'CSeq').split(' ')[0]
    await expect(ada.transfers.blind('2003')).rejects.toMatchObject({ code: 'call.transferRunning' })
    await ada.answer('202 Accepted')
    await ada.news('486 Busy Here', 'terminated;reason=noresource')
    void ada.transfers.blind('2003')
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('200 OK', 'terminated;reason=noresource', `refer;id=${firstCSeq}`)
    expect(ada.transfer).toMatchObject({ to: '2003', status: 'trying' })
  })

  it('to nothing that can be an address is not asked for', async () => {
    const { edge, call } = await setUp()
    const ada = await call('call-1')
    await expect(ada.transfers.blind('two words')).rejects.toMatchObject({ code: 'app.inputInvalid' })
    expect(edge.count('REFER')).toBe(0)
    expect(ada.session.held.byUs).toBe(false)
  })

  it('of a call that is over cannot be', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    ada.set({ status: 'ended' })
    await expect(ada.transfers.blind('2002')).rejects.toMatchObject({ code: 'call.gone' })
  })
})

describe('an attended transfer', () => {
  it('names the dialog of the consultation, and both calls end as transferred', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const bob = await call('call+2', 'Bob')
    const asked = ada.transfers.attended(bob.transfers.target)
    await settle()
    expect(ada.transfer).toMatchObject({ kind: 'attended', to: 'Bob' })
    expect(header(ada.refer(), 'Refer-To')).toBe(
      `<sip:edge@edge.invalid;transport=ws?Replaces=call%2B2%3Bto-tag%3Dada%3Bfrom-tag%3D${bob.toTag}>`,
    )
    await ada.answer('202 Accepted')
    await asked
    await ada.news('200 OK', 'terminated;reason=noresource')
    await settle(2000)
    expect(ada.session).toMatchObject({ status: 'ended', outcome: 'transferred' })
    expect(bob.session).toMatchObject({ status: 'ended', outcome: 'transferred' })
  })

  it('knows a replaced call by its BYE, also before the news, and still ends the other one', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const bob = await call('call-2', 'Bob')
    void ada.transfers.attended(bob.transfers.target)
    await settle()
    await ada.answer('202 Accepted')
    await bob.say('BYE')
    expect(bob.session).toMatchObject({ status: 'ended', outcome: 'transferred' })
    await ada.news('200 OK', 'terminated;reason=noresource')
    await ada.say('BYE')
    expect(ada.session.outcome).toBe('transferred')
  })

  it('ends the consultation also when the transferred one left at once', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const bob = await call('call-2', 'Bob')
    void ada.transfers.attended(bob.transfers.target)
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('200 OK', 'terminated;reason=noresource')
    await ada.say('BYE')
    await settle(2000)
    expect(bob.session).toMatchObject({ status: 'ended', outcome: 'transferred' })
  })

  it('that failed leaves both calls, and a later BYE of the consultation is an ordinary one', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const bob = await call('call-2', 'Bob')
    void ada.transfers.attended(bob.transfers.target)
    await settle()
    await ada.answer('202 Accepted')
    await ada.news('481 Call Does Not Exist', 'terminated;reason=noresource')
    expect(ada.session).toMatchObject({ status: 'established', held: { byUs: false } })
    expect(bob.session.status).toBe('established')
    await bob.say('BYE')
    expect(bob.session.outcome).toBe('hungUpByThem')
  })

  it('to a call that is over cannot be', async () => {
    const { call } = await setUp()
    const ada = await call('call-1')
    const bob = await call('call-2', 'Bob')
    bob.set({ status: 'ended' })
    await expect(ada.transfers.attended(bob.transfers.target)).rejects.toMatchObject({ code: 'call.gone' })
  })
})

describe('an incoming REFER', () => {
  it('is refused with 603, and told in the trace', async () => {
    const { edge, call } = await setUp()
    const ada = await call('call-1')
    await ada.say('REFER', ['Refer-To: <sip:premium@toll.example>'])
    expect(answersTo(edge, 'REFER')).toEqual(['603'])
    expect(ada.steps.join()).toContain('premium@toll.example')
    expect(edge.count('INVITE')).toBe(0)
  })
})
