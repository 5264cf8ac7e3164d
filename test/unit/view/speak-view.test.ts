import { expect, test } from 'vitest'
import type { AppState } from '../../../common/model/app-state.ts'
import type { SpeakItem, Speaking } from '../../../common/model/speaking.ts'
import {
  aSession,
  aSignIn,
  callId,
  linkedApp,
  now,
  registeredPhone,
  signedInApp,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { findPhrase, toPhraseText } from '../../../renderer/view/phrases-view.ts'
import { toByteCount, toSilence, toSpeak } from '../../../renderer/view/speak-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const inCall = withSessions(aSession())
const item = (more: Partial<SpeakItem>): SpeakItem => ({
  id: 'i1',
  text: 'Hello',
  status: 'waiting',
  createdAt: now,
  ...more,
})
const withItems = (...items: SpeakItem[]): AppState => {
  const speaking: Speaking = {
    callId,
    session: { status: 'active', speakingId: 's', since: now },
    items,
    voice: { language: 'en-US', provider: '', voiceId: '', heardBy: 'both' },
  }
  return { ...linkedApp, speakings: { [callId]: speaking } }
}
const ready = (app: AppState) => {
  const { actions, calls } = rememberActions()
  const view = toSpeak(app, inCall, actions)
  if (view.status !== 'ready') throw new Error(view.reason)
  return { view, calls }
}

test('it explains why nothing can be spoken: no call, an agent, no match', () => {
  const { actions } = rememberActions()
  const reason = (app: AppState, phone = inCall) => {
    const view = toSpeak(app, phone, actions)
    return view.status === 'unavailable' ? view.reason : undefined
  }
  expect(reason(linkedApp, registeredPhone)).toContain('once a call is answered')
  expect(reason({ ...linkedApp, account: { status: 'signedIn', ...aSignIn, role: 'agent' } })).toContain(
    'agent',
  )
  expect(reason(signedInApp)).toContain('being matched')
  expect(
    reason({ ...signedInApp, links: { 'session-1': { status: 'unlinked', reason: 'none' } } }),
  ).toContain('could not be matched')
})

test('saying, flushing, silencing and removing name the call', () => {
  const { view, calls } = ready(withItems(item({}), item({ id: 'i2', status: 'queued', sentAt: now })))
  view.say('Hi')
  view.flush?.()
  view.silence()
  view.items[0]?.remove?.run()
  expect(calls).toEqual([
    ['ask', 'speaking.say', { callId, text: 'Hi' }],
    ['ask', 'speaking.flush', { callId }],
    ['ask', 'speaking.silence', { callId }],
    ['ask', 'speaking.remove', { callId, itemId: 'i1' }],
  ])
})

test('with nothing waiting there is nothing to flush, and what was sent cannot be removed', () => {
  const { view } = ready(withItems(item({ status: 'transcribed', sentAt: now })))
  expect(view.flush).toBeUndefined()
  expect(view.items[0]?.remove).toBeUndefined()
})

test('an item tells when it was heard, when transcribed and how much of it was found', () => {
  const { view } = ready(
    withItems(
      item({
        status: 'transcribed',
        sentAt: now,
        heardAt: now + 320,
        transcribedAt: now + 2_900,
        wordsFound: 0.97,
      }),
    ),
  )
  expect(view.items[0]?.timing).toBe('Heard after 320 ms · transcribed after 2.9 s · 97 % of the words found')
})

test('bytes are counted, not characters, and only near the limit', () => {
  expect(toByteCount('short')).toBeUndefined()
  expect(toByteCount('a'.repeat(4_500))).toMatchObject({ over: false })
  expect(toByteCount('😀'.repeat(1_251))).toMatchObject({
    over: true,
    text: '5,004 of 5,000 bytes: will be spoken in parts',
  })
})

test('braces in the name of a caller are text, and block no phrase', () => {
  const phrases = [{ id: 'p', text: 'Hello {name}, {__proto__}' }]
  const app = { ...linkedApp, settings: { ...linkedApp.settings, phrases } }
  const remote = { ...aSession().remote, displayName: 'Ada {vip}' }
  const phrase = findPhrase(app, withSessions(aSession({ remote })), 'p')
  expect(phrase?.asks).toEqual(['__proto__'])
  expect(phrase && toPhraseText(phrase, {})).toBeUndefined()
  const typed = Object.fromEntries([['__proto__', '{name}']])
  expect(phrase && toPhraseText(phrase, typed)).toBe('Hello Ada {vip}, {name}')
})

test('silence reaches the voice of a call that was swapped away, also where nothing can be said', () => {
  const { speakings, ...app } = withItems(item({}))
  const away = { ...speakings[callId], items: [item({ status: 'speaking' })] } as Speaking
  const quiet = { ...away, items: [item({ status: 'heard' })] }
  const both = { ...app, speakings: { ...speakings, away, quiet } }
  const { view, calls } = ready(both)
  view.silence()
  expect(calls).toEqual([
    ['ask', 'speaking.silence', { callId }],
    ['ask', 'speaking.silence', { callId: 'away' }],
  ])
  const { actions, calls: later } = rememberActions()
  toSilence({ ...both, speakings: { away, quiet } }, actions)?.()
  expect(later).toEqual([['ask', 'speaking.silence', { callId: 'away' }]])
  expect(toSilence({ ...both, speakings: { quiet } }, actions)).toBeUndefined()
})
