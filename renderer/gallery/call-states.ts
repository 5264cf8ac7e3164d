// The Call screen with one call: waiting, ringing, talking, over.
import type { AppState } from '../../common/model/app-state.ts'
import { initialPhoneState } from '../../common/model/phone.ts'
import type { Speaking, SpeakVoice } from '../../common/model/speaking.ts'
import * as p from './people.ts'
import { freshApp, type GalleryState, state } from './state.ts'

const { callId, sessionId, now } = p
const inCall = p.withSessions(p.aSession())
export const lines = { transcripts: { [callId]: p.someLines } }

const heardBoth: SpeakVoice = { language: 'en-US', provider: 'elevenlabs', voiceId: '', heardBy: 'both' }
const item = p.aSpeakItem
const speaking: Speaking = {
  callId,
  session: { status: 'active', speakingId: 'speaking-1', since: now - 70_000 },
  voice: heardBoth,
  items: [
    item('i1', 'This sentence was typed and is spoken into the call.', {
      status: 'transcribed',
      sentAt: now - 40_000,
      heardAt: now - 39_680,
      transcribedAt: now - 37_100,
      wordsFound: 0.97,
    }),
    item('i2', 'Shall I repeat the number of your order?', {
      status: 'speaking',
      sentAt: now - 2_000,
      heardAt: now - 1_710,
    }),
    item('i3', 'It is on its way and arrives tomorrow before noon.', { status: 'waiting' }),
    item('i4', 'Is there anything else that I can do for you?', { status: 'waiting' }),
  ],
}
export const speakingApp: AppState = { ...p.linkedApp, speakings: { [callId]: speaking } }
export const ringing = p.aSession({
  status: 'ringing',
  startedAt: now - 3_000,
  answeredAt: undefined,
  media: undefined,
})
const ended = p.aSession({ status: 'ended', endedAt: now - 8_000, outcome: 'hungUpByThem' })

export const callStates: GalleryState[] = [
  state('call-offline', 'Not registered', { app: freshApp, phone: initialPhoneState }),
  state('call-idle', 'Waiting for calls', {}),
  state('call-ringing', 'Incoming call', { phone: p.withSessions(ringing) }),
  state('call-connecting', 'Answered, not yet up', {
    phone: p.withSessions({ ...ringing, status: 'answering' }),
  }),
  state('call-unlinked', 'In a call that is not matched', {
    app: {
      ...p.signedInApp,
      links: { [sessionId]: { status: 'unlinked', reason: 'no call on the platform fits this phone call' } },
    },
    phone: inCall,
  }),
  state('call-live', 'In a call, with transcript and queue', {
    app: speakingApp,
    phone: inCall,
    copy: lines,
  }),
  state('call-typed', 'A typed sentence is being spoken, its interim text is there', {
    app: speakingApp,
    phone: inCall,
    copy: {
      transcripts: {
        [callId]: [
          ...p.someLines.slice(0, 7),
          p.aLine(9, 'out', 'shall I repeat the number', {
            status: 'interim',
            id: 'interim-out',
            arrivedAt: now,
          }),
        ],
      },
    },
  }),
  state('call-keypad', 'Muted, with keypad', {
    app: p.linkedApp,
    phone: p.withSessions(p.aSession({ sending: 'muted' })),
    copy: lines,
    ui: { panel: 'keypad' },
  }),
  state('call-agent', 'An agent may not speak by typing', {
    app: { ...p.linkedApp, account: { status: 'signedIn', ...p.aSignIn, role: 'agent' } },
    phone: inCall,
    copy: lines,
  }),
  state('call-second', 'A second call rings; the microphone is silent', {
    app: speakingApp,
    phone: p.withSessions(
      p.aSession({
        media: { ...(p.aSession().media as NonNullable<typeof ended.media>), microphone: 'digitalSilence' },
      }),
      {
        ...ringing,
        id: 'session-2',
        remote: { user: '+4930123456', displayName: '', host: 'pstn.voipbin.test' },
      },
    ),
    copy: lines,
  }),
  state('call-long', 'Text near the limit', {
    app: speakingApp,
    phone: inCall,
    copy: lines,
    ui: { drafts: { 'session-1': 'A long text. '.repeat(392) } },
  }),
  state('call-ended', 'After the call', {
    app: p.linkedApp,
    phone: p.withSessions(ended),
    copy: { transcripts: { [callId]: p.someLines.slice(0, 7) } },
  }),
]
