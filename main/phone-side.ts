// What main does for the phone in the window: what it registers with, when it does so again, why an edge lets nobody in.
import type { StoreApi } from 'zustand/vanilla'
import type { PhoneCaller } from '../common/bridge/table.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { Settings } from '../common/model/settings.ts'
import type { AccountFeature } from './account/account.ts'
import { watchEdgeTrust } from './edge-trust.ts'
import type { ExtensionFeature } from './extension/extension.ts'
import type { Host } from './host.ts'
import type { createNotices } from './notices.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import { createRegistration, type PhoneRegistration } from './phone/registration.ts'
import { rememberEdge } from './phone/remember-edge.ts'
import { createWhenIdle } from './phone/when-idle.ts'
import { createPhoneStart } from './phone-start.ts'
import type { Addresses } from './platform/addresses.ts'
import { createEdgeDoor } from './platform/edge-door/edge-door.ts'
import { isPinFor, type Reach } from './platform/tls.ts'
import type { SettingsFeature } from './settings/settings.ts'
import { createTurnPasswords, type TurnPasswords } from './turn/turn-passwords.ts'

interface PhoneSideParts {
  host: Host
  store: Pick<StoreApi<AppState>, 'setState'>
  settings: SettingsFeature
  addresses(): Addresses
  account: AccountFeature
  extension: ExtensionFeature
  mirror: PhoneMirror
  phone(): Promise<PhoneCaller>
  notices: ReturnType<typeof createNotices>
  reach: Reach
}

export interface PhoneSide {
  turn: TurnPasswords
  registration: PhoneRegistration
  /** Registers again, if registered; not while a call is up, which it would end. */
  renew(): Promise<void>
}

export function openPhoneSide(scope: Scope, parts: PhoneSideParts): PhoneSide {
  const { host, settings, addresses, account, mirror } = parts
  const door = createEdgeDoor(scope, { reach: parts.reach, log: host.log })
  const turn = createTurnPasswords({
    secrets: host.secrets,
    log: host.log,
    servers: () => settings.current().iceServers,
    set: (turnLogins) => parts.store.setState({ turnLogins }),
  })
  const registration = createRegistration({
    phone: parts.phone,
    state: () => mirror.store.getState(),
    input: createPhoneStart({
      turn,
      login: parts.extension.login,
      signedIn: account.owner,
      settings: settings.current,
      addresses,
      doorTo: async (edge) => (needsDoor(edge, settings.current()) ? door.openTo(edge) : undefined),
      dataDir: host.dataDir,
    }),
    log: host.log,
  })
  const edges = () => addresses().edgesOf(account.owner()?.customerId ?? '')
  rememberEdge(scope, {
    phone: mirror.store,
    edges,
    last: () => settings.current().lastEdge,
    remember: (lastEdge) => void settings.change({ lastEdge }),
  })
  watchEdgeTrust(scope, {
    phone: mirror.store,
    edges,
    reach: parts.reach,
    environment: () => settings.current().environment,
    notice: parts.notices.add,
  })
  const renew = createWhenIdle(scope, mirror.store, registration.renew)
  return { turn, registration, renew }
}

/** The browser engine knows neither pins for a host nor authorities of one's own: such an edge is main's to check. */
function needsDoor(edge: string, { pins, caFile }: Settings): boolean {
  const { protocol, hostname, port } = new URL(edge)
  if (protocol !== 'wss:') return false
  return caFile !== '' || pins.some((pin) => isPinFor(pin, hostname, Number(port || 443)))
}
