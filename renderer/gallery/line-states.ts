// The Call screen where calls are made, held, swapped and handed over.
import type { Session, Transfer } from '../../common/model/phone.ts'
import { lines } from './call-states.ts'
import * as p from './people.ts'
import { type GalleryState, state } from './state.ts'

const { now } = p
const ourDomain = '5e4a0680-804e-11ec-8477-2fea5968d85b.registrar.voipbin.test'

const bob = p.aSession({
  id: 'session-2',
  direction: 'outgoing',
  remote: { user: '2002', displayName: 'Bob Arnaldsson', host: 'pbx.voipbin.test' },
  startedAt: now - 21_000,
  answeredAt: now - 12_000,
})
const held = { held: { byUs: true, byThem: false }, heldAt: now - 67_000 }
const dialled = (more: Partial<Session>) =>
  p.aSession({
    direction: 'outgoing',
    status: 'dialing',
    remote: { user: '+4930123456', displayName: '', host: ourDomain },
    startedAt: now - 7_000,
    answeredAt: undefined,
    media: undefined,
    ...more,
  })
const over = (more: Partial<Session>) =>
  p.withSessions(dialled({ status: 'ended', endedAt: now - 4_000, ...more }))
const transferring = (transfer: Partial<Transfer>, more: Partial<Session> = held) =>
  p.withSessions(
    p.aSession({ ...more, transfer: { kind: 'blind', to: '2002', status: 'asking', ...transfer } }),
  )
const inCall = (says: string, id: string, phone: GalleryState['phone'], ui: GalleryState['ui'] = {}) =>
  state(id, says, { app: p.linkedApp, phone, copy: lines, ui })

const longName = 'Wilhelmine Alexandra von Hohenstein-Schwarzenberg, Accounts Receivable'

export const lineStates: GalleryState[] = [
  state('call-dial', 'A number typed, and the last one to call again', {
    ui: { dial: '+49 30 123456', lastDialled: '2002' },
  }),
  state('call-dial-plain', 'A number without +', { ui: { dial: '030 1234567' } }),
  state('call-dial-national', 'A number of the own country, to be completed', {
    ui: { dial: '(212) 555-2368' },
  }),
  state('call-dial-doubt', 'A number that is too short', { ui: { dial: '+49301' } }),
  state('call-dial-wrong', 'Not an address', { ui: { dial: 'two words' } }),
  state('call-calling', 'Calling', { phone: p.withSessions(dialled({})) }),
  state('call-calling-rings', 'It rings there', {
    phone: p.withSessions(dialled({ status: 'ringing', progress: 180 })),
  }),
  state('call-calling-early', 'An announcement before the answer', {
    phone: p.withSessions(dialled({ progress: 183, earlyMedia: true })),
  }),
  state('call-calling-second', 'Calling while another call waits', {
    phone: p.withSessions(p.aSession({ ...held, heldAt: now - 8_000 }), {
      ...dialled({ status: 'ringing', progress: 180 }),
      id: 'session-2',
    }),
  }),
  state('call-over-busy', 'They were busy', {
    phone: over({ outcome: 'busy', sipStatus: 486 }),
    ui: { lastDialled: '+4930123456' },
  }),
  state('call-over-refused', 'There is no such number', {
    phone: over({
      outcome: 'refused',
      sipStatus: 404,
      error: p.anError('call.targetUnknown', '404 Not Found', 404),
    }),
    ui: { lastDialled: '+4930123456' },
  }),
  state('call-over-transferred', 'Transferred', {
    phone: p.withSessions(
      p.aSession({
        status: 'ended',
        endedAt: now - 4_000,
        outcome: 'transferred',
        transfer: { kind: 'blind', to: '2002', status: 'done', sipStatus: 200 },
      }),
    ),
  }),
  inCall('On hold by you', 'call-held', p.withSessions(p.aSession(held))),
  inCall(
    'On hold by them',
    'call-held-by-them',
    p.withSessions(p.aSession({ held: { byUs: false, byThem: true } })),
  ),
  inCall(
    'On hold by both',
    'call-held-by-both',
    p.withSessions(p.aSession({ ...held, held: { byUs: true, byThem: true } })),
  ),
  inCall('Two calls: one in front, one on hold', 'call-two', p.withSessions(p.aSession(held), bob)),
  inCall(
    'Two calls and a third that rings, long names',
    'call-three',
    p.withSessions(
      p.aSession({ ...held, remote: { user: '2009', displayName: longName, host: 'pbx.voipbin.test' } }),
      { ...bob, remote: { ...bob.remote, displayName: longName } },
      {
        ...dialled({ direction: 'incoming', status: 'ringing' }),
        id: 'session-3',
        remote: { user: '2010', displayName: longName, host: 'pbx.voipbin.test' },
      },
    ),
  ),
  inCall(
    'A call from within this one was not taken',
    'call-tried',
    p.withSessions(p.aSession(held), {
      ...dialled({ status: 'ended', endedAt: now - 3_000, outcome: 'busy', sipStatus: 486 }),
      id: 'session-2',
    }),
  ),
  inCall('To whom?', 'call-transfer', p.withSessions(p.aSession()), {
    panel: 'transfer',
    transferTo: '2002',
  }),
  inCall('Asked', 'call-transfer-asking', transferring({})),
  inCall(
    'It rings at the new party',
    'call-transfer-ringing',
    transferring({ status: 'ringing', sipStatus: 180 }),
  ),
  inCall('They speak', 'call-transfer-done', transferring({ status: 'done', sipStatus: 200 })),
  inCall(
    'The new party is busy',
    'call-transfer-failed',
    transferring(
      {
        status: 'failed',
        sipStatus: 486,
        error: p.anError('call.transferFailed', 'Busy Here', 486),
      },
      {},
    ),
  ),
  inCall(
    'Refused by the other side',
    'call-transfer-refused',
    transferring(
      {
        status: 'failed',
        sipStatus: 405,
        error: p.anError('call.transferRefused', 'Method Not Allowed', 405),
      },
      {},
    ),
  ),
  inCall(
    'Nobody tells how it went',
    'call-transfer-unknown',
    transferring({ status: 'failed', error: p.anError('call.transferUnknown', 'no NOTIFY for 10 s') }),
  ),
  state('trace-second', 'A second call rings while another screen is open', {
    phone: p.withSessions(p.aSession(), {
      ...dialled({ direction: 'incoming', status: 'ringing' }),
      id: 'session-2',
      remote: { user: '2010', displayName: longName, host: 'pbx.voipbin.test' },
    }),
  }),
]
