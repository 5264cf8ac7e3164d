// Settings in every state.

import type { AppState } from '../../common/model/app-state.ts'
import { initialPhoneState } from '../../common/model/phone.ts'
import * as p from './people.ts'
import { freshApp, type GalleryState, state, withSettings } from './state.ts'

const own = withSettings(
  { ...p.signedInApp, account: { status: 'signedIn', ...p.aSignIn, apiUrl: 'https://api.pbx.example' } },
  { environment: 'custom', apiUrl: 'https://api.pbx.example' },
)
const day = 86_400_000
const signedOut = withSettings(freshApp, { environment: 'production' })
const signingUp = (signUp: AppState['signUp'], app = signedOut): AppState => ({ ...app, signUp })
const email = 'mina@acme.example'

/** Whose account it is: keys, signing up, and the end of a sign-in. */
const accountStates: readonly GalleryState[] = [
  state('settings-keys', 'Access keys: one in use, one expired', {
    app: {
      ...own,
      accessKeys: {
        status: 'ready',
        readAt: p.now,
        keys: [
          {
            id: 'k1',
            name: 'Laptop of Mina',
            prefix: 'vb_a3Bf9xKm',
            createdAt: p.now - 30 * day,
            inUse: true,
          },
          {
            id: 'k2',
            name: 'Ticket system',
            prefix: 'vb_Zz81LmQp',
            createdAt: p.now - 200 * day,
            expiresAt: p.now + 165 * day,
            inUse: false,
          },
          {
            id: 'k3',
            name: 'Trial',
            prefix: 'vb_Tt000001',
            createdAt: p.now - 90 * day,
            expiresAt: p.now - 60 * day,
            inUse: false,
          },
        ],
      },
    },
  }),
  state('settings-keylost', 'The answer to a new access key got lost', {
    app: {
      ...own,
      accessKeys: { status: 'failed', keys: [], error: p.anError('network.timeout', 'api.pbx.example') },
    },
  }),
  state('settings-manager', 'A manager may not have access keys; signed in with a password', {
    app: {
      ...own,
      account: {
        status: 'signedIn',
        ...p.aSignIn,
        role: 'manager',
        credential: 'password',
        agentId: 'a0000000-0000-4000-8000-000000000001',
      },
    },
  }),
  state('settings-initial', 'A new customer whose address is not confirmed', {
    app: { ...own, account: { status: 'signedIn', ...p.aSignIn, customerStatus: 'initial' } },
  }),
  state('settings-expired', 'The sign-in has expired', {
    app: {
      ...own,
      account: {
        status: 'expired',
        error: p.anError('account.expired'),
        username: email,
        credential: 'password',
      },
      subscription: { status: 'refused', error: p.anError('events.signedOut', '401 INVALID_CREDENTIALS') },
    },
  }),
  state('settings-signup', 'An address that may be registered already', {
    app: signingUp({ status: 'failed', email, error: p.anError('signUp.refused') }),
    phone: initialPhoneState,
  }),
  state('settings-code', 'Signing up: a wrong code', {
    app: signingUp({
      status: 'code',
      email,
      sentAt: p.now,
      error: p.anError('signUp.wrongCode', '400', 400),
    }),
    phone: initialPhoneState,
  }),
  state('settings-byLink', 'Signing up on a server that wants a link', {
    app: signingUp({
      status: 'failed',
      email,
      error: p.anError('signUp.confirmByLink', '404 ROUTE_NOT_FOUND', 404),
    }),
    phone: initialPhoneState,
  }),
]

const withNumbers = (numbers: AppState['numbers'], sourceNumber = ''): { app: AppState } => ({
  app: { ...withSettings(own, { sourceNumber }), numbers },
})
export const aRole = (role: 'agent' | 'manager', customerName = 'Acme Support'): AppState => ({
  ...own,
  account: {
    status: 'signedIn',
    ...p.aSignIn,
    customerName,
    role,
    credential: 'password',
    agentId: 'a0000000-0000-4000-8000-000000000001',
  },
})

/** Who one is, and the numbers of the customer. */
const peopleStates: readonly GalleryState[] = [
  state('settings-agent', 'A plain agent of a customer with a long name', {
    app: aRole('agent', 'Hohenstein-Schwarzenberg Accounts Receivable and Collections Limited Partnership'),
  }),
  state('settings-frozen', 'The deletion of the account was asked for', {
    app: {
      ...own,
      account: {
        status: 'signedIn',
        ...p.aSignIn,
        customerStatus: 'frozen',
        deletionAskedAt: p.now - 5 * day,
      },
    },
  }),
  state(
    'settings-nonumber',
    'An account without telephone numbers',
    withNumbers({ status: 'ready', numbers: [], readAt: p.now }),
  ),
  state(
    'settings-numbers',
    '130 numbers, one chosen',
    withNumbers({ status: 'ready', numbers: p.manyNumbers, readAt: p.now }, '+15550200042'),
  ),
  state(
    'settings-numberlost',
    'The chosen number was given back',
    withNumbers({ status: 'ready', numbers: p.someNumbers, readAt: p.now }, '+15550209999'),
  ),
  state(
    'settings-numbersload',
    'The numbers are being read',
    withNumbers({ status: 'reading', numbers: [] }),
  ),
  state(
    'settings-numbersfail',
    'The numbers could not be read',
    withNumbers({ status: 'failed', numbers: [], error: p.anError('network.timeout', 'api.pbx.example') }),
  ),
]

export const settingsStates: readonly GalleryState[] = [
  ...accountStates,
  ...peopleStates,
  state('settings-practice', 'Practice, signed in', {}),
  state('settings-profiles', 'Two profiles, the second in use', { app: { ...own, profiles: p.twoProfiles } }),
  state('settings-profilecall', 'Two profiles while a call is up', {
    app: { ...own, profiles: p.twoProfiles },
    phone: p.withSessions(p.aSession()),
  }),
  state('settings-custom', 'Own server, signed out, microphone blocked', {
    app: withSettings(freshApp, {
      environment: 'custom',
      apiUrl: 'https://api.pbx.example',
      edgeUrl: 'https://wrong.example',
    }),
    phone: {
      ...initialPhoneState,
      microphone: { status: 'failed', error: p.anError('media.micDenied', 'NotAllowedError') },
    },
  }),
  state('settings-servers', 'STUN and TURN servers, pinned keys', {
    app: withSettings(
      { ...p.signedInApp, turnLogins: [{ urls: 'turns:turn.pbx.example', username: 'mina' }] },
      {
        iceServers: [
          { urls: 'stun:stun.pbx.example:3478' },
          { urls: 'turns:turn.pbx.example', username: 'mina' },
          { urls: 'turn:turn.other.example:3478', username: 'desk' },
        ],
        pins: p.pinnedHosts,
      },
    ),
  }),
  state('settings-untrusted', 'The certificate of the server is not trusted', {
    app: withSettings(
      {
        ...freshApp,
        account: { status: 'failed', error: p.anError('network.untrusted', p.untrustedText()) },
      },
      { environment: 'custom', apiUrl: 'https://api.pbx.example' },
    ),
    phone: initialPhoneState,
  }),
  state('settings-otherkey', 'The server shows another key than the pinned one', {
    app: withSettings(
      {
        ...freshApp,
        account: { status: 'failed', error: p.anError('network.untrusted', p.untrustedText(true)) },
      },
      { environment: 'custom', apiUrl: 'https://api.pbx.example', pins: p.pinnedHosts },
    ),
    phone: initialPhoneState,
  }),
]
