// Reaching people and habits: the palette, the list of keys, whom one called before, a call from an own number, what reaches
// the companion from outside.
import type { AppState } from '../../common/model/app-state.ts'
import { defaultSettings } from '../../common/model/settings.ts'
import type { Outside } from '../../common/model/wish.ts'
import * as p from './people.ts'
import { type GalleryState, state, withSettings } from './state.ts'

const recent = [
  { name: 'Mina Hartmann', target: '2001', at: p.now - 600_000, dialled: true },
  { name: '+49 30 1234567', target: '+49301234567', at: p.now - 4_000_000, dialled: true },
  { name: 'Ada Byron', target: '+15550100042', at: p.now - 9_000_000, dialled: false },
  {
    name: 'Hohenstein-Schwarzenberg Accounts Receivable and Collections',
    target: 'accounts@pbx.example',
    at: p.now - 90_000_000,
    dialled: false,
  },
]

const withNumbers: AppState = {
  ...p.signedInApp,
  numbers: {
    status: 'ready',
    readAt: p.now - 1_000,
    numbers: [
      { id: 'n1', number: '+15550100001', name: 'Main number', type: 'normal', status: 'active' },
      { id: 'n2', number: '+4930555000', name: 'Berlin', type: 'normal', status: 'active' },
    ],
  },
}

const joined: AppState = {
  ...p.linkedApp,
  bridged: { [p.callId]: { from: '+15550100001', to: '+49301234567', far: 'ringing' } },
  people: { '+49301234567': { name: 'Ada Byron', shown: '+49 30 1234567' } },
}

const beyond = (outside: Partial<Outside>, keysOn: boolean): AppState => ({
  ...withSettings(p.signedInApp, {
    openLinks: outside.links === 'on' || outside.links === 'refused',
    globalKeys: { ...defaultSettings.globalKeys, on: keysOn },
  }),
  outside: { links: 'none', keys: 'none', taken: [], ...outside },
})

export const reachingStates: readonly GalleryState[] = [
  state('call-recent', 'Whom one called before, and a number in the field', {
    ui: { recent, dial: '+49301234567', lastDialled: '2001' },
  }),
  state('call-through', 'Before a call from an own number', {
    app: withNumbers,
    ui: { recent, dial: '+49301234567', through: true },
  }),
  state('call-joined', 'A call that the platform joins with a number', {
    app: joined,
    phone: p.withSessions(p.aSession()),
  }),
  state('call-palette', 'The palette', { ui: { overlay: 'palette', recent } }),
  state('call-keylist', 'All keys', { ui: { overlay: 'keys' } }),
  state('settings-beyond', 'Keys that work everywhere, one of them taken; links come here', {
    app: beyond({ keys: 'on', links: 'on', taken: ['call.mute'] }, true),
  }),
  state('settings-nobeyond', 'Neither keys nor links in a browser window', { app: beyond({}, false) }),
]
