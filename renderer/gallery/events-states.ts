// Events and webhooks in every state, in Settings and in the trace.
import type { AppState } from '../../common/model/app-state.ts'
import type { OpenSubscription } from '../../common/model/subscription.ts'
import type { TraceRow } from '../../common/model/trace.ts'
import type { CustomerWebhook, Receiver } from '../../common/model/webhook.ts'
import * as p from './people.ts'
import { traceRows } from './rows.ts'
import { type GalleryState, state, withSettings } from './state.ts'

const { now } = p
const scope = 'customer_id:5e4a0680-804e-11ec-8477-2fea5968d85b'
const stream = (more: Partial<OpenSubscription>): AppState['subscription'] => ({
  status: 'open',
  openedAt: now - 90_000,
  topics: [`${scope}:call`],
  lastPingAt: now - 6_000,
  delivery: 'proven',
  provenAt: now - 12_000,
  events: 1_214,
  duplicates: 603,
  unknown: 0,
  delay: { count: 200, medianMs: 34, worstMs: 310 },
  ...more,
})
const theirs = { method: 'POST', uri: 'https://crm.acme.example/hooks/voipbin?token=•••', hasSecret: true }
const tunnel = { method: 'POST', uri: 'https://mina.tunnel.example/voipbin/events', hasSecret: false }
const changed: CustomerWebhook = {
  status: 'ready',
  now: tunnel,
  readAt: now,
  before: { ...theirs, at: now - 3_600_000 },
}
const listening: Receiver = {
  status: 'listening',
  address: 'http://127.0.0.1:4711/voipbin/events',
  reach: 'thisMachine',
  since: now - 60_000,
  counts: { events: 18, again: 2, onlyHere: 1, refused: 1 },
  lastAt: now - 3_000,
  behindSocket: { count: 17, medianMs: 42 },
}
const own = withSettings(
  { ...p.signedInApp, account: { status: 'signedIn', ...p.aSignIn, apiUrl: 'https://api.pbx.example' } },
  { environment: 'custom', apiUrl: 'https://api.pbx.example' },
)

const hook = (index: number, more: Partial<TraceRow>): TraceRow => ({
  id: 10_000 + index,
  at: now + index * 90,
  source: 'webhook',
  direction: 'in',
  title: 'call_ringing',
  result: '200 · 42 ms after socket · signed',
  tone: 'good',
  body: '{"type":"call_ringing","data":{"id":"b2d6c1de-5a0e-4f3b-9a55-0c1f2a8f7e10","status":"ringing"}}',
  callId: p.callId,
  ...more,
})
const hookRows: TraceRow[] = [
  ...traceRows(12),
  hook(1, {
    direction: 'none',
    title: 'webhook receiver started',
    result: 'port 4711',
    body: listening.address,
    tone: 'good',
  }),
  hook(2, {}),
  hook(3, { title: 'call_progressing', result: '200 · 39 ms after socket · signed' }),
  hook(4, { title: 'call_progressing', result: '200 · again, 2nd try · signed', tone: 'plain' }),
  hook(5, { title: 'transcript_created', result: '200 · only here so far · signed' }),
  hook(6, {
    title: 'webhook refused',
    result: '404 · POST /: deliveries come to /voipbin/events',
    tone: 'bad',
  }),
  hook(7, { title: 'webhook refused', result: '400 · the body is not JSON', tone: 'bad', body: '{"type":' }),
]

export const eventsStates: readonly GalleryState[] = [
  state('settings-hooks', 'Events prove themselves, the webhook was changed, the receiver listens', {
    app: { ...own, subscription: stream({}), webhook: changed, receiver: listening },
  }),
  state('settings-hooksoff', 'No webhook, a topic refused, the port of the receiver is taken', {
    app: withSettings(
      {
        ...own,
        subscription: stream({
          refused: [`${scope}:aicall`],
          delivery: 'unproven',
          events: 0,
          duplicates: 0,
        }),
        webhook: { status: 'ready', now: { method: '', uri: '', hasSecret: false }, readAt: now },
        receiver: { status: 'failed', error: p.anError('receiver.portTaken', '0.0.0.0:8080 EADDRINUSE') },
      },
      { receiver: { port: 8_080, reach: 'localNetwork' } },
    ),
  }),
  state('settings-silent', 'The event stream is silent; a manager sees the webhook and may not change it', {
    app: {
      ...own,
      account: {
        status: 'signedIn',
        ...p.aSignIn,
        role: 'manager',
        credential: 'password',
        agentId: 'a0000000-0000-4000-8000-000000000001',
      },
      subscription: stream({ delivery: 'silent', silentSince: now - 130_000 }),
      webhook: { status: 'ready', now: theirs, readAt: now },
    },
  }),
  state('trace-hooks', 'Webhooks: new ones, a second try, refused ones', {
    copy: { trace: hookRows },
  }),
]
