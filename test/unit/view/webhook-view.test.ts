// The customer's webhook, the receiver and the event stream, as Settings says them.
import { describe, expect, it, vi } from 'vitest'
import type { AppState } from '../../../common/model/app-state.ts'
import type { OpenSubscription } from '../../../common/model/subscription.ts'
import * as p from '../../../renderer/gallery/people.ts'
import { withSettings } from '../../../renderer/gallery/state.ts'
import type { Actions } from '../../../renderer/view/actions.ts'
import { checkPort, toEvents, toReceiver } from '../../../renderer/view/receiver-view.ts'
import { parseWebhook, toWebhook } from '../../../renderer/view/webhook-view.ts'

const { now } = p
const actions = { tryAsk: vi.fn(async () => undefined) } as unknown as Actions
const known: AppState['webhook'] = {
  status: 'ready',
  now: { method: 'POST', uri: 'https://crm.example/hook?token=•••', hasSecret: true },
  readAt: now,
  before: { method: 'PUT', uri: '', hasSecret: false, at: now - 60_000 },
}
const as = (role: 'admin' | 'manager' | 'agent', webhook: AppState['webhook'] = known): AppState => ({
  ...p.signedInApp,
  account: { status: 'signedIn', ...p.aSignIn, role, credential: 'password', agentId: 'a1' },
  webhook,
})

describe('the webhook of the customer', () => {
  it('is read when a person asks for it, changed by an administrator, and put back', () => {
    const unread = toWebhook(as('admin', { status: 'unread' }), actions, now)
    expect(unread).toMatchObject({ draft: undefined, now: undefined })
    unread?.look?.()
    expect(actions.tryAsk).toHaveBeenLastCalledWith('webhook.look', {})
    const view = toWebhook(as('admin'), actions, now)
    // Half an address would be wrong: what holds a secret is typed anew.
    expect(view?.draft).toEqual({ method: 'POST', uri: '' })
    expect(view?.now).toMatchObject({ words: 'POST https://crm.example/hook?token=•••' })
    expect(view?.before?.words).toBe('none: nothing is delivered')
    expect(view?.before?.when).toMatch(/^until \d\d:\d\d$/)
    view?.before?.restore?.()
    expect(actions.tryAsk).toHaveBeenLastCalledWith('webhook.restore', {})
  })

  it('is seen but not offered to a manager, and closed to an agent, each with the reason', () => {
    const manager = toWebhook(as('manager'), actions, now)
    expect(manager).toMatchObject({ draft: undefined, now: { isAddress: true } })
    expect(manager?.before?.restore).toBeUndefined()
    expect(manager?.fixed).toContain('needs the admin permission')
    const agent = toWebhook(as('agent'), actions, now)
    expect(agent).toMatchObject({ look: undefined, now: undefined, draft: undefined })
    expect(agent?.closed).toContain('this account is an agent')
    expect(toWebhook({ ...p.signedInApp, account: { status: 'signedOut' } }, actions, now)).toBeUndefined()
  })

  it('is not changed twice at once', () => {
    const view = toWebhook(as('admin', { ...known, status: 'changing' }), actions, now)
    expect(view).toMatchObject({ draft: undefined, look: undefined, busy: 'Changing it on the platform …' })
    expect(view?.before?.restore).toBeUndefined()
  })

  it('that is no address, or has no known method, says so', () => {
    const note = (method: string, uri: string) =>
      toWebhook(
        as('admin', { status: 'ready', now: { method, uri, hasSecret: false }, readAt: now }),
        actions,
        now,
      )?.now?.note
    expect(note('POST', 'crm.example/hook')).toContain('no web address')
    expect(note('', 'https://crm.example')).toContain('none of POST')
    expect(note('POST', 'https://crm.example')).toBeUndefined()
  })
})

describe('a new webhook', () => {
  const parse = (uri: string, isPractice = false) => parseWebhook({ method: 'POST', uri }, isPractice)

  it.each(['', 'https://a.example/x', 'http://127.0.0.1:1/x'])('may be “%s”', (uri) => {
    expect(parse(uri).wanted).toEqual({ method: 'POST', uri })
  })

  it.each(['ftp://a.example', 'a.example', 'javascript:alert(1)', `https://a/${'x'.repeat(2_000)}`])(
    'may not be “%s”',
    (uri) => expect(parse(uri)).toMatchObject({ wanted: undefined, wrong: expect.any(String) }),
  )

  it('[I.35] says who cannot reach it', () => {
    expect(parse('http://127.0.0.1:4711/x').hints).toEqual([expect.stringContaining('cannot reach it')])
    expect(parse('http://127.0.0.1:4711/x', true).hints).toEqual([])
    expect(parse('https://a.example', true).hints).toEqual([expect.stringContaining('this machine only')])
    expect(parse('https://192.168.1.4/x').hints).toEqual([expect.stringContaining('local network')])
    expect(parse('http://a.example').hints).toEqual([expect.stringContaining('Without https')])
    expect(parseWebhook({ method: 'GET', uri: 'https://a.example' }, false).hints).toHaveLength(1)
  })
})

describe('the receiver', () => {
  it('is started, says where it listens and what came, and is stopped', () => {
    const off = toReceiver(p.signedInApp, actions, now)
    expect([off.stop, off.address]).toEqual([undefined, undefined])
    off.start?.()
    expect(actions.tryAsk).toHaveBeenLastCalledWith('receiver.start', {})
    const on = toReceiver(
      {
        ...p.signedInApp,
        receiver: {
          status: 'listening',
          address: 'http://127.0.0.1:4711/voipbin/events',
          reach: 'thisMachine',
          since: now,
          counts: { events: 3, again: 1, onlyHere: 0, refused: 2 },
          lastAt: now - 5_000,
          behindSocket: { count: 3, medianMs: -4 },
        },
      },
      actions,
      now,
    )
    expect(on.facts.map(({ value }) => value)).toEqual([
      '3 events, last 5 s ago',
      '1 further try, not applied twice',
      '2 requests; the trace says why',
      '4 ms before the event stream, median of 3 events that came both ways',
    ])
    expect(on.start).toBeUndefined()
    on.stop?.()
    expect(actions.tryAsk).toHaveBeenLastCalledWith('receiver.stop', {})
  })

  it('[I.35] says honestly who reaches it, and warns of a whole network', () => {
    expect(toReceiver(p.signedInApp, actions, now)).toMatchObject({
      reach: expect.stringContaining('VoIPBIN on the internet does not'),
      warning: undefined,
    })
    const wide = withSettings(p.signedInApp, { receiver: { port: 8080, reach: 'localNetwork' } })
    expect(toReceiver(wide, actions, now).warning).toContain('without a password')
  })

  it('takes a port that is one', () => {
    expect(['0', '8080', '65535'].map(checkPort)).toEqual([undefined, undefined, undefined])
    for (const text of ['', '-1', '65536', '80a', '1e3']) expect(checkPort(text)).toContain('0 to 65535')
  })
})

describe('the event stream', () => {
  const stream = (more: Partial<OpenSubscription>): AppState => ({
    ...p.signedInApp,
    subscription: {
      status: 'open',
      openedAt: now,
      topics: [],
      delivery: 'unproven',
      events: 0,
      duplicates: 0,
      unknown: 0,
      ...more,
    },
  })

  it('[I.21] that is silent says since when, and what is done instead', () => {
    const view = toEvents(stream({ delivery: 'silent', silentSince: now - 12_000 }), now)
    expect(view.facts[0]?.value).toBe('connected but silent, found 12 s ago: read over REST instead')
    expect(view.error?.code).toBe('events.silent')
  })

  it('[I.30] shows how long events take, and which topics are refused', () => {
    const view = toEvents(
      stream({ delay: { count: 9, medianMs: 34, worstMs: 1_200 }, refused: ['customer_id:C:aicall', 'x'] }),
      now,
    )
    expect(view.facts.slice(2).map(({ value }) => value)).toEqual([
      '34 ms median, 1.2 s at worst, of the last 9 events',
      'aicall, x: left out, the rest goes on',
    ])
  })

  it('that is not open has no proof and says why', () => {
    const error = p.anError('events.refused')
    expect(toEvents({ ...p.signedInApp, subscription: { status: 'refused', error } }, now)).toMatchObject({
      error,
    })
    expect(toEvents({ ...p.signedInApp, subscription: { status: 'closed' } }, now).facts).toEqual([
      { label: 'Stream', value: 'closed' },
    ])
  })
})
