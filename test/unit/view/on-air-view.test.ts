// Who is on air and who hears it; what the phrases make of a call; what an item offers.
import { expect, test } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { AppState } from '../../../common/model/app-state.ts'
import type { SessionMedia } from '../../../common/model/phone.ts'
import type { Speaking } from '../../../common/model/speaking.ts'
import {
  aSession,
  aSpeakItem,
  callId,
  linkedApp,
  now,
  registeredPhone,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { toOnAir } from '../../../renderer/view/on-air-view.ts'
import { findPhrase, toPhraseText } from '../../../renderer/view/phrases-view.ts'
import { toSpeak } from '../../../renderer/view/speak-view.ts'
import { toTitle } from '../../../renderer/view/title-view.ts'
import { toProviderChoice } from '../../../renderer/view/voice-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const inCall = withSessions(aSession())
const muted = withSessions(aSession({ sending: 'muted' }))
const withSpeaking = (more: Partial<Speaking> = {}): AppState => ({
  ...linkedApp,
  speakings: {
    [callId]: {
      callId,
      session: { status: 'active', speakingId: 's', since: now },
      items: [aSpeakItem('i1', 'Hello', { status: 'speaking', sentAt: now })],
      voice: { language: 'en-US', provider: '', voiceId: '', heardBy: 'both' },
      ...more,
    },
  },
})
const voiceFor = (heardBy: 'both' | 'them' | 'you') => ({
  language: 'en-US',
  provider: '' as const,
  voiceId: '',
  heardBy,
})

test('the voice, you, both or nobody', () => {
  const silent = withSpeaking({ items: [aSpeakItem('i1', 'Hello', { status: 'heard', sentAt: now })] })
  expect(toOnAir(linkedApp, registeredPhone)).toBeUndefined()
  expect(toOnAir(withSpeaking(), inCall)?.who).toBe('voiceAndYou')
  expect(toOnAir(withSpeaking(), muted)?.who).toBe('voice')
  expect(toOnAir(silent, inCall)?.who).toBe('you')
  expect(toOnAir(silent, muted)).toMatchObject({ who: 'nobody', text: 'Your microphone is muted.' })
  const held = withSessions(aSession({ held: { byUs: true, byThem: false } }))
  expect(toOnAir(silent, held)).toMatchObject({ who: 'nobody', text: 'You hold the call.' })
})

test('nobody is on air without a microphone, or with one that never gave a sound', () => {
  const { firstSpokenAt: _, ...silent } = { firstSpokenAt: now, ...aSession().media } as SessionMedia
  const withMedia = (more: Partial<SessionMedia>) => withSessions(aSession({ media: { ...silent, ...more } }))
  expect(toOnAir(linkedApp, withMedia({ microphone: 'none' }))).toMatchObject({
    who: 'nobody',
    text: 'There is no microphone. The other side cannot hear you.',
  })
  expect(toOnAir(linkedApp, withMedia({ microphone: 'digitalSilence' }))).toMatchObject({
    who: 'nobody',
    text: 'The microphone delivers only digital silence. Check its mute switch.',
  })
  const paused = withMedia({ microphone: 'digitalSilence', firstSpokenAt: now })
  expect(toOnAir(linkedApp, paused)?.who).toBe('you')
  expect(toOnAir(withSpeaking(), withMedia({ microphone: 'none' }))?.who).toBe('voice')
})

test('who hears the voice, and that it is alone in a test call', () => {
  const text = (more: Partial<Speaking>) => toOnAir(withSpeaking(more), muted)?.text
  expect(text({})).toBe('You and the other side hear it.')
  expect(text({ voice: voiceFor('you') })).toContain('Only you')
  expect(text({ voice: voiceFor('you'), alone: true })).toContain('test call')
})

test('a voice that cannot be heard here is on air from what the platform took', () => {
  const items = [aSpeakItem('i1', 'Hello', { status: 'queued', sentAt: now })]
  expect(toOnAir(withSpeaking({ items }), muted)?.who).toBe('nobody')
  const view = toOnAir(withSpeaking({ items, voice: voiceFor('them') }), muted)
  expect(view).toMatchObject({ who: 'voice', text: expect.stringContaining('Only the other side') })
})

test('and not any more after its length', () => {
  for (const status of ['queued', 'speaking'] as const) {
    const items = [aSpeakItem('i1', 'Hello', { status, sentAt: now, passedAt: now + 2_000 })]
    expect(toOnAir(withSpeaking({ items, voice: voiceFor('them') }), muted)?.who).toBe('nobody')
  }
})

test('a voice that goes on although some of it is transcribed is on air, and can be silenced', () => {
  const items = [aSpeakItem('i1', 'One two three', { status: 'transcribed', sentAt: now, wordsFound: 0.6 })]
  const { actions } = rememberActions()
  const flushed = (app: AppState) => {
    const view = toSpeak(app, inCall, actions)
    return view.status === 'ready' && view.sounding && view.flush !== undefined
  }
  expect(toOnAir(withSpeaking({ items }), muted)?.who).toBe('nobody')
  expect(flushed(withSpeaking({ items }))).toBe(false)
  expect(toOnAir(withSpeaking({ items, sounding: 'i1' }), muted)?.who).toBe('voice')
  expect(flushed(withSpeaking({ items, sounding: 'i1' }))).toBe(true)
})

test('who hears the text that is spoken is who it was sent to, whatever is chosen for the next one', () => {
  const items = [aSpeakItem('i1', 'Hello', { status: 'speaking', sentAt: now, heardBy: 'both' })]
  const view = toOnAir(withSpeaking({ items, voice: voiceFor('them') }), muted)
  expect(view).toMatchObject({ who: 'voice', text: 'You and the other side hear it.' })
})

test('a text that left meanwhile is not put back to be said twice', async () => {
  const { actions } = rememberActions()
  const late = { ...actions, ask: async () => new AppError('speaking.tooLate').toData() }
  const view = toSpeak(withSpeaking({ items: [aSpeakItem('a', 'One')] }), inCall, late)
  if (view.status !== 'ready') throw new Error(view.reason)
  expect(await view.takeBack?.()).toBeUndefined()
})

test('the title of the window tells it, too', () => {
  expect(toTitle(inCall, 0, {}, true)).toContain('Voice on air')
  expect(toTitle(inCall, 0, {}, false)).not.toContain('Voice on air')
})

test('a phrase knows the caller; a caller without a name is asked for', () => {
  const phrases = [{ id: 'p', text: 'Hello {name} on {number}, order {order}' }]
  const app = { ...linkedApp, settings: { ...linkedApp.settings, phrases } }
  const named = findPhrase(app, inCall, 'p')
  expect(named).toMatchObject({ asks: ['order'], text: expect.stringContaining('VoIPBIN test call') })
  expect(named && toPhraseText(named, {})).toBeUndefined()
  expect(named && toPhraseText(named, { order: '7' })).toMatch(/order 7$/)
  const nobody = withSessions(aSession({ remote: { user: '+4930123456', displayName: '', host: 'x.test' } }))
  expect(findPhrase(app, nobody, 'p')?.asks).toEqual(['name', 'order'])
})

test('a chosen provider takes no voice of another one with it', () => {
  expect(toProviderChoice('aws')).toEqual({ provider: 'aws', voiceId: '' })
})

test('what waits can be edited, moved and taken back; what was cut can be said again, all in order', async () => {
  const { actions, calls } = rememberActions()
  const items = [
    aSpeakItem('a', 'One', { status: 'interrupted', sentAt: now }),
    aSpeakItem('b', 'Two', { status: 'flushed' }),
    aSpeakItem('c', 'Three'),
    aSpeakItem('d', 'Four'),
  ]
  const view = toSpeak(withSpeaking({ items }), inCall, actions)
  if (view.status !== 'ready') throw new Error(view.reason)
  const [one, , three, four] = view.items
  expect([one?.edit, one?.up, three?.up, four?.down]).toEqual([undefined, undefined, undefined, undefined])
  three?.down?.()
  four?.edit?.save('Vier')
  view.againAll?.()
  expect(await view.takeBack?.()).toBe('Four')
  expect(calls).toEqual([
    ['ask', 'speaking.move', { callId, itemId: 'c', by: 1 }],
    ['ask', 'speaking.edit', { callId, itemId: 'd', text: 'Vier' }],
    ['ask', 'speaking.again', { callId, itemId: 'a' }],
    ['ask', 'speaking.again', { callId, itemId: 'b' }],
    ['ask', 'speaking.remove', { callId, itemId: 'd' }],
  ])
})
