// Whom one called before, a call from an own number, a call that is joined, and what reaches the companion from outside.
import { describe, expect, it, test } from 'vitest'
import { initialAppState } from '../../../common/model/app-state.ts'
import type { Bridged } from '../../../common/model/bridged.ts'
import { defaultSettings } from '../../../common/model/settings.ts'
import { GlobalKeys } from '../../../common/model/wish.ts'
import { aSession, callId, linkedApp, signedInApp, withSessions } from '../../../renderer/gallery/people.ts'
import { aRole } from '../../../renderer/gallery/settings-states.ts'
import { toCallNews } from '../../../renderer/view/announce-view.ts'
import { toBeyond, toGlobalKey } from '../../../renderer/view/beyond-view.ts'
import { toCall } from '../../../renderer/view/call-view.ts'
import { findPhrase } from '../../../renderer/view/phrases-view.ts'
import { toReadCall } from '../../../renderer/view/reading-view.ts'
import { stepRecent, toLastDialled, toRecent } from '../../../renderer/view/recent-view.ts'
import { toStatus } from '../../../renderer/view/status-view.ts'
import { mayCallThrough, toThrough } from '../../../renderer/view/through-view.ts'
import { toTitle } from '../../../renderer/view/title-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const call = (address: string, direction: 'incoming' | 'outgoing' = 'incoming', startedAt = 1) => ({
  name: address.split('@')[0] ?? '',
  address,
  direction,
  startedAt,
})

describe('whom one called before', () => {
  const recent = toRecent(
    [
      call('2001@own.test', 'incoming', 9),
      call('2001@OWN.test', 'outgoing', 8),
      call('pbx.example', 'incoming', 7),
      call('ada@pbx.example', 'outgoing', 6),
    ],
    'own.test',
  )

  it('is each once, newest first, by what can be dialled', () => {
    expect(recent.map(({ target }) => target)).toEqual(['2001', 'ada@pbx.example'])
  })

  it('is whom the platform joined a call with, by the number alone', () => {
    expect(toRecent([call('+4930123456')], 'own.test')).toMatchObject([{ target: '+4930123456' }])
  })

  it('is called again only where it was called', () => {
    expect(toLastDialled(recent)).toBe('ada@pbx.example')
    expect(toLastDialled([])).toBeUndefined()
  })

  it('comes into the empty field by arrows, and goes out of it again', () => {
    expect(stepRecent(recent, '', 1)).toBe('2001')
    expect(stepRecent(recent, '2001', 1)).toBe('ada@pbx.example')
    expect(stepRecent(recent, 'ada@pbx.example', 1)).toBeUndefined()
    expect(stepRecent(recent, '2001', -1)).toBe('')
    expect(stepRecent(recent, 'typed by hand', 1)).toBeUndefined()
    expect(stepRecent(recent, '', -1)).toBeUndefined()
  })
})

describe('a call from an own number', () => {
  const numbers = {
    status: 'ready' as const,
    readAt: 0,
    numbers: [
      { id: 'v', number: '+999000000001', name: '', type: 'virtual', status: 'active' },
      { id: 'n', number: '+15550100001', name: 'Main', type: 'normal', status: 'active' },
      { id: 'b', number: '+4930555000', name: 'Berlin', type: 'normal', status: 'active' },
    ],
  }
  const app = { ...signedInApp, numbers }

  it('says whom it rings, what they see, and what is known of its price', () => {
    const { actions, calls } = rememberActions()
    const view = toThrough(app, '+49301234567', '', { credit: 4.2 }, actions)
    expect(view.numbers.map(({ value }) => value)).toEqual(['+15550100001', '+4930555000'])
    expect(view.steps.at(-1)).toBe('Then it calls +49301234567, who sees +15550100001.')
    expect(view.cost).toContain('The balance is 4.20 USD.')
    view.call?.()
    expect(calls).toEqual([['dialThrough', '+15550100001', '+49301234567']])
  })

  it('comes from the number that was chosen, never from one that cannot call out', () => {
    const { actions } = rememberActions()
    expect(toThrough(app, undefined, '+4930555000', null, actions).from).toBe('+4930555000')
    expect(toThrough(app, undefined, '+999000000001', null, actions).from).toBe('+15550100001')
  })

  it('is not offered to an agent, and says why', () => {
    const { actions } = rememberActions()
    const agent = { ...aRole('agent'), numbers }
    expect(mayCallThrough(agent)).toBe(false)
    expect(toThrough(agent, '+49301234567', '', null, actions)).toMatchObject({
      call: undefined,
      reason: expect.stringContaining('agent'),
    })
  })

  it('waits for a number of both sides', () => {
    const { actions } = rememberActions()
    expect(toThrough(app, undefined, '', null, actions).reason).toBe('Enter a number with + first.')
    const none = { ...app, numbers: { ...numbers, numbers: [] } }
    expect(toThrough(none, '+49301234567', '', null, actions)).toMatchObject({ call: undefined, from: '' })
  })
})

test.each<[Partial<Bridged>, string, string]>([
  [{ far: 'waiting' }, 'busy', 'The platform calls them from +15550100001'],
  [{ far: 'ringing' }, 'busy', 'It rings there; they see +15550100001'],
  [{ far: 'up' }, 'good', 'Joined through the platform; they see +15550100001'],
  [{ far: 'over', reason: 'busy' }, 'warn', 'They are busy'],
  [{ far: 'over', reason: 'dialout' }, 'warn', 'They did not answer'],
  [{ far: 'over', reason: 'failed' }, 'warn', 'The platform could not call the number'],
  [{ far: 'over', reason: 'normal' }, 'warn', 'They are gone'],
])('a joined call names whom it joins, and how far it is: %o', (far, tone, text) => {
  const bridged = { [callId]: { from: '+15550100001', to: '+49301234567', far: 'up' as const, ...far } }
  const people = { '+49301234567': { name: 'Ada Byron' } }
  const view = toCall({ ...linkedApp, bridged, people }, withSessions(aSession()), rememberActions().actions)
  expect(view).toMatchObject({ name: 'Ada Byron', bridged: { tone, text } })
})

describe('whom a joined call is with', () => {
  const app = {
    ...linkedApp,
    bridged: { [callId]: { from: '+15550100001', to: '+49301234567', far: 'up' as const } },
    people: { '+49301234567': { name: 'Ada Byron' } },
  }
  const up = withSessions(aSession())
  const over = withSessions(aSession({ status: 'ended', outcome: 'hungUpByUs' }))

  it('is the same wherever the call is named', () => {
    expect(toTitle(up, 0, app)).toContain('Ada Byron')
    expect(toCallNews(up, app)).toContain('Ada Byron')
    expect(toCallNews(over, app)).toContain('Ada Byron')
    expect(toReadCall(app, over)?.name).toBe('Ada Byron')
    const answering = withSessions(aSession({ status: 'answering' }))
    expect(toStatus(app, answering).find(({ id }) => id === 'call')?.note).toBe('Ada Byron')
    expect(toCall(app, over, rememberActions().actions)).toMatchObject({
      name: 'Ada Byron',
      last: { name: 'Ada Byron' },
    })
  })

  it('fills a phrase with their number', () => {
    const phrases = [{ id: 'p', text: '{name} at {number}', key: undefined }]
    const settings = { ...app.settings, phrases }
    expect(findPhrase({ ...app, settings }, up, 'p')?.text).toBe('Ada Byron at +49301234567')
  })
})

describe('what reaches the companion from outside', () => {
  const settings = { ...defaultSettings, globalKeys: { ...GlobalKeys.parse({}), on: true } }

  it('is off and says why where a shell cannot have it', () => {
    const view = toBeyond({ settings, outside: initialAppState.outside }, rememberActions().actions)
    expect(view).toMatchObject({ keysOn: false, setKeys: undefined, keys: [], setLinks: undefined })
    expect(view.keysHelp).toContain('browser window')
    expect(view.linksHelp).toContain('npm start')
  })

  it('names the key that another program has, and takes another one', () => {
    const { actions, calls } = rememberActions()
    const outside = { links: 'refused' as const, keys: 'on' as const, taken: ['call.mute' as const] }
    const view = toBeyond({ settings, outside }, actions)
    expect(view.keys.map(({ action, taken }) => [action, taken !== undefined])).toEqual([
      ['call.answer', false],
      ['call.end', false],
      ['call.mute', true],
      ['call.silence', false],
    ])
    expect(view.linksHelp).toContain('package')
    view.keys[2]?.change('Ctrl+F9')
    expect(calls).toEqual([['change', { globalKeys: { ...settings.globalKeys, 'call.mute': 'Ctrl+F9' } }]])
  })

  const key = (name: string, more: object = {}) => ({
    key: name,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  })
  it.each([
    [key('m', { ctrlKey: true, altKey: true }), 'Ctrl+Alt+M'],
    [key('F9', { ctrlKey: true }), 'Ctrl+F9'],
    [key('ArrowUp', { altKey: true, shiftKey: true }), 'Alt+Shift+Up'],
    [key('m'), undefined],
    [key('M', { shiftKey: true }), undefined],
    [key('Control', { ctrlKey: true }), undefined],
    [key('Tab'), undefined],
  ])('a pressed %o is the key %s', (pressed, chord) => {
    expect(toGlobalKey(pressed)).toBe(chord)
    if (chord) expect(GlobalKeys.safeParse({ 'call.mute': chord }).success).toBe(true)
  })
})
