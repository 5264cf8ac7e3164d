// Every screen in every state, by name.
import { initialPhoneState } from '../../common/model/phone.ts'
import { callStates, lines, ringing, speakingApp } from './call-states.ts'
import { eventsStates } from './events-states.ts'
import { historyStates } from './history-states.ts'
import { lineStates } from './line-states.ts'
import * as p from './people.ts'
import { reachingStates } from './reaching-states.ts'
import { readingStates } from './reading-states.ts'
import { recordStates } from './record-states.ts'
import { ringingStates } from './ringing-states.ts'
import { manyLines, traceRows } from './rows.ts'
import { aRole, settingsStates } from './settings-states.ts'
import { soundStates } from './sound-states.ts'
import { speakStates } from './speak-states.ts'
import { freshApp, type GalleryState, live, state, withSettings } from './state.ts'

export type { GalleryState }

const { callId, now } = p
const inCall = p.withSessions(p.aSession())

const quickstart: GalleryState[] = [
  state('quickstart-first', 'First start', { app: freshApp, phone: initialPhoneState }),
  state('quickstart-signin', 'Production, nobody signed in', {
    app: withSettings(freshApp, { environment: 'production' }),
    phone: initialPhoneState,
  }),
  state('quickstart-custom', 'Own address with a mistake', {
    app: withSettings(freshApp, { environment: 'custom', apiUrl: 'ftp://nowhere' }),
    phone: initialPhoneState,
  }),
  state('quickstart-running', 'Registering', {
    app: { ...p.signedInApp, quickstart: p.aRun('register', 'running', { proof: 'Waiting for 200 OK' }) },
    phone: {
      ...initialPhoneState,
      registration: { status: 'registering', attempt: 1, edge: 'ws://127.0.0.1:41338' },
    },
  }),
  state('quickstart-speech', 'Speak now', {
    app: {
      ...p.linkedApp,
      quickstart: p.aRun('speech', 'running', { proof: 'Listening to the microphone' }),
    },
    phone: inCall,
    copy: { transcripts: { [callId]: p.someLines.slice(0, 2) } },
  }),
  state('quickstart-passed', 'All proven', {
    app: { ...p.signedInApp, quickstart: p.aRun('hangUp', 'passed') },
    copy: { transcripts: { [callId]: p.someLines.slice(0, 7) } },
  }),
  state('quickstart-failed', 'Refused by the registrar', {
    app: {
      ...p.signedInApp,
      quickstart: p.aRun('register', 'failed', {
        ms: 212,
        error: p.anError('sip.rejected', 'sip:5e4a0680.registrar.voipbin.test answered 403 Forbidden', 403),
      }),
    },
    phone: {
      ...initialPhoneState,
      registration: { status: 'refused', error: p.anError('sip.rejected', '403 Forbidden', 403) },
    },
  }),
]

/** A plain agent: what it may is proven, the rest says why it is not for it. */
const agents: GalleryState[] = [
  state('quickstart-agent', 'A plain agent: four steps proven, the rest not for it', {
    app: { ...aRole('agent'), quickstart: p.anAgentsRun(aRole('agent').account) },
  }),
  state('call-agent-idle', 'A plain agent may not place the test call', { app: aRole('agent') }),
]

const trace: GalleryState[] = [
  state('trace-empty', 'Nothing yet', { app: freshApp, phone: initialPhoneState, copy: { trace: [] } }),
  state('trace-full', '5,000 rows', { copy: { trace: traceRows(5_000) } }),
  state('trace-detail', 'One row open', { copy: { trace: traceRows(60) }, ui: { traceRow: 59 } }),
  state('trace-filtered', 'SIP rows with a word', {
    copy: { trace: traceRows(400) },
    ui: { traceSources: ['sip', 'event'], traceText: 'register' },
  }),
]

const troubles: GalleryState[] = [
  state('quickstart-untrusted', 'The first step meets a certificate that is not trusted', {
    app: withSettings(
      {
        ...freshApp,
        quickstart: p.aRun('signIn', 'failed', {
          ms: 48,
          error: p.anError('network.untrusted', p.untrustedText()),
        }),
      },
      { environment: 'custom', apiUrl: 'https://api.pbx.example' },
    ),
    phone: initialPhoneState,
  }),
  {
    ...state('quickstart-loading', 'Starting', { app: freshApp, phone: initialPhoneState }),
    copy: { link: { status: 'loading' }, app: freshApp },
  },
  {
    ...state('call-lost', 'Main does not answer', { app: speakingApp, phone: inCall, copy: lines }),
    copy: { link: { status: 'lost', error: p.anError('app.mainGone') }, app: speakingApp, ...lines },
  },
  state('call-notices', 'Notices, events lost, registration lost', {
    app: {
      ...p.signedInApp,
      subscription: {
        status: 'waiting',
        attempt: 3,
        retryAt: now + 4_000,
        error: p.anError('events.lost', 'close code 1006'),
      },
      notices: [
        { id: 'n1', at: now - 9_000, error: p.anError('app.diskFull', 'ENOSPC: settings.json') },
        { id: 'n2', at: now - 2_000, error: p.anError('call.notPlaced', 'no contact answered', 404) },
      ],
    },
    phone: {
      ...p.registeredPhone,
      registration: {
        status: 'waiting',
        attempt: 2,
        retryAt: now + 2_000,
        error: p.anError('sip.unreachable', 'ws://127.0.0.1:41338'),
      },
    },
  }),
  state('call-expired', 'The sign-in has expired in a call: it goes on', {
    app: {
      ...speakingApp,
      account: {
        status: 'expired',
        error: p.anError('account.expired'),
        username: 'mina@acme.example',
        credential: 'password',
      },
      notices: [
        { id: 'n1', at: now - 2_000, error: p.anError('account.expired', '2026-11-20T10:24:29.000Z') },
      ],
    },
    phone: inCall,
    copy: lines,
  }),
  state('trace-ringing', 'A call rings while another screen is open', {
    copy: { trace: traceRows(60) },
    phone: p.withSessions(ringing),
  }),
  {
    ...state('call-transcript', '10,000 lines, for measuring', { app: p.linkedApp, phone: inCall }),
    id: 'transcript-10000',
    copy: { link: live, app: p.linkedApp, transcripts: { [callId]: manyLines(10_000) } },
  },
]

export const galleryStates: readonly GalleryState[] = [
  ...quickstart,
  ...agents,
  ...callStates,
  ...lineStates,
  ...readingStates,
  ...speakStates,
  ...historyStates,
  ...recordStates,
  ...ringingStates,
  ...reachingStates,
  ...soundStates,
  ...trace,
  ...settingsStates,
  ...eventsStates,
  ...troubles,
]
