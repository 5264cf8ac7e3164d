// Speaking by typing: what waits, what failed, what was cut off, phrases, and who hears the voice.
import type { AppState } from '../../common/model/app-state.ts'
import type { Phrase } from '../../common/model/phrases.ts'
import type { SpeakItem, Speaking, SpeakVoice } from '../../common/model/speaking.ts'
import { lines } from './call-states.ts'
import * as p from './people.ts'
import { type GalleryState, state, withSettings } from './state.ts'

const { callId, now, aSpeakItem: item } = p
const inCall = p.withSessions(p.aSession())
const muted = p.withSessions(p.aSession({ sending: 'muted' }))
const voice: SpeakVoice = { language: 'en-US', provider: 'elevenlabs', voiceId: '', heardBy: 'both' }
const phrases: Phrase[] = [
  { id: 'p1', text: 'Hello {name}, thank you for calling.', key: 1 },
  { id: 'p2', text: 'One moment, please; I am looking it up.', key: 2 },
  { id: 'p3', text: 'Your order {order} arrives on {day}.', key: 3 },
  { id: 'p4', text: 'I can see your number as {number}. Is that right?' },
]

const speakingWith = (items: SpeakItem[], more: Partial<Speaking> = {}): AppState => ({
  ...withSettings(p.linkedApp, { phrases }),
  speakings: {
    [callId]: {
      callId,
      session: { status: 'active', speakingId: 'speaking-1', since: now - 70_000 },
      voice,
      items,
      ...more,
    },
  },
})
const spoken = item('i1', 'Hello Ada, thank you for calling.', {
  status: 'heard',
  sentAt: now - 20_000,
  heardAt: now - 19_760,
})

export const speakStates: GalleryState[] = [
  state('call-undo', 'A text that can be taken back before it goes out', {
    app: speakingWith([
      spoken,
      item('i2', 'Your order arrives on Monday.', { dueAt: now + 2_600 }),
      item('i3', 'Is there anything else?', { held: true }),
    ]),
    phone: inCall,
    copy: lines,
  }),
  state('call-failedtext', 'Texts that failed, with their reasons', {
    app: speakingWith([
      spoken,
      item('i2', 'It is on its way.', {
        status: 'failed',
        sentAt: now - 12_000,
        error: p.anError('speaking.notHeard'),
      }),
      item('i3', 'It arrives tomorrow.', {
        status: 'sending',
        sentAt: now - 900,
        error: p.anError('network.timeout'),
      }),
    ]),
    phone: muted,
    copy: lines,
  }),
  state('call-interrupted', 'The other side began to speak: what was not said waits to be said again', {
    app: speakingWith([
      spoken,
      item('i2', 'Shall I repeat the number of your order?', {
        status: 'interrupted',
        sentAt: now - 4_000,
        heardAt: now - 3_800,
        transcriptText: 'Shall I repeat',
        wordsFound: 0.38,
      }),
      item('i3', 'Then I have one more question.', { status: 'interrupted' }),
    ]),
    phone: inCall,
    copy: lines,
  }),
  state('call-phrases', 'Phrases found by typing a slash', {
    app: speakingWith([spoken]),
    phone: inCall,
    copy: lines,
    ui: { drafts: { 'session-1': '/or' } },
  }),
  state('call-nophrase', 'No phrase with these words', {
    app: speakingWith([spoken]),
    phone: inCall,
    copy: lines,
    ui: { drafts: { 'session-1': '/xyz' } },
  }),
  state('call-asking', 'A phrase asks for what it needs', {
    app: speakingWith([spoken]),
    phone: inCall,
    copy: lines,
    ui: { asking: { 'session-1': 'p3' } },
  }),
  state('call-voice', 'Muted, the voice alone is on air, and only the other side hears it', {
    app: speakingWith([item('i1', 'Good morning.', { status: 'queued', sentAt: now - 700 })], {
      voice: { ...voice, language: 'de-DE', heardBy: 'them' },
      chosen: { language: 'de-DE', heardBy: 'them' },
    }),
    phone: muted,
    copy: lines,
  }),
  state('call-alone', 'A test call: nobody else hears the voice', {
    app: speakingWith(
      [item('i1', 'Good morning.', { status: 'speaking', sentAt: now - 700, heardAt: now - 500 })],
      {
        voice: { ...voice, heardBy: 'you' },
        alone: true,
      },
    ),
    phone: inCall,
    copy: lines,
  }),
  state('settings-phrases', 'Phrases with their keys', { app: withSettings(p.signedInApp, { phrases }) }),
]
