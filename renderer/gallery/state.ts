// One state of one screen, and the app before anybody touched it.
import { type AppState, initialAppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import type { RingingCall } from '../../common/model/ringing.ts'
import type { Copy } from '../state/copy-store.ts'
import type { Ui } from '../state/ui-store.ts'
import * as p from './people.ts'

export interface GalleryState {
  id: string
  says: string
  copy: Partial<Copy>
  phone: PhoneState
  ui: Partial<Ui>
  /** The small window of a call that rings, instead of the companion's. */
  call?: RingingCall
}

export const live = { status: 'live' } as const
export const freshApp: AppState = { ...initialAppState, shell: p.signedInApp.shell }
export const withSettings = (app: AppState, patch: Partial<AppState['settings']>): AppState => ({
  ...app,
  settings: { ...app.settings, ...patch },
})

export function state(
  id: string,
  says: string,
  more: Partial<Omit<GalleryState, 'id' | 'says'>> & { app?: AppState },
) {
  const screen = id.split('-')[0] as Ui['screen']
  return {
    id,
    says,
    copy: { link: live, app: more.app ?? p.signedInApp, ...more.copy },
    phone: more.phone ?? p.registeredPhone,
    ui: { screen, ...more.ui },
  } satisfies GalleryState
}

/** Which part of Settings a state is about, where it is not the first one: the gallery goes there. */
export const settingsParts: Readonly<Record<string, string>> = {
  'settings-profiles': 'Profiles',
  'settings-profilecall': 'Profiles',
  'settings-custom': 'Environment',
  'settings-nonumber': 'Numbers',
  'settings-numbers': 'Numbers',
  'settings-numberlost': 'Numbers',
  'settings-numbersload': 'Numbers',
  'settings-numbersfail': 'Numbers',
  'settings-phrases': 'Phrases',
  'settings-headset': 'Devices',
  'settings-noheadset': 'Devices',
  'settings-nohid': 'Devices',
  'settings-headsetaway': 'Devices',
  'settings-headsetfailed': 'Devices',
  'settings-beyond': 'Keys and links',
  'settings-nobeyond': 'Keys and links',
  'settings-tray': 'Ringing',
  'settings-notray': 'Ringing',
  'settings-keys': 'Access keys',
  'settings-keylost': 'Access keys',
  'settings-manager': 'Access keys',
  'settings-servers': 'Network',
  'settings-hooks': 'Events & webhooks',
  'settings-hooksoff': 'Events & webhooks',
  'settings-silent': 'Events & webhooks',
}
