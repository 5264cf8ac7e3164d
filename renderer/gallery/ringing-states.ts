// Ringing beyond the Call screen: do not disturb, missed calls, the settings of it, and the small call window.
import type { MissedCall, Ringing } from '../../common/model/ringing.ts'
import * as p from './people.ts'
import { type GalleryState, state, withSettings } from './state.ts'

const aMissed = (at: number, more: Partial<MissedCall>): MissedCall => ({
  sessionId: `missed-${at}`,
  name: '+49 30 123456',
  address: '+4930123456@pstn.voipbin.test',
  user: '+4930123456',
  at: p.now - at * 60_000,
  why: 'notAnswered',
  seen: false,
  ...more,
})

const someMissed: MissedCall[] = [
  aMissed(2, { name: 'Mina Hartmann', user: '2001', address: '2001@5e4a0680.registrar.voipbin.test' }),
  aMissed(9, { why: 'doNotDisturb' }),
  aMissed(31, { name: 'Hohenstein-Schwarzenberg Accounts Receivable and Collections', why: 'busy' }),
  aMissed(95, { name: 'anonymous.invalid', user: '', address: '', seen: true }),
  aMissed(181, { seen: true }),
]

const withRinging = (ringing: Partial<Ringing>, settings: Parameters<typeof withSettings>[1] = {}) => {
  const app = withSettings(p.signedInApp, settings)
  return { app: { ...app, ringing: { ...app.ringing, ...ringing } } }
}

const aCall = {
  sessionId: 's1',
  name: 'Mina Hartmann',
  address: '2001@5e4a0680.registrar.voipbin.test',
  since: p.now,
}

export const ringingStates: readonly GalleryState[] = [
  state('call-missed', 'Three calls were missed', withRinging({ missed: someMissed, tray: 'there' })),
  state(
    'call-disturb',
    'Do not disturb, one call refused',
    withRinging({ missed: someMissed.slice(1, 2), refuses: true }, { doNotDisturb: true }),
  ),
  state(
    'trace-disturb',
    'Do not disturb on another screen',
    withRinging({ refuses: true }, { doNotDisturb: true }),
  ),
  state('settings-tray', 'Ringing with a tray', withRinging({ tray: 'there' }, { startAtLogin: true })),
  state('settings-notray', 'Ringing on a desktop without a tray', withRinging({ tray: 'missing' })),
  { ...state('callwindow-name', 'The small window of a call that rings', {}), call: aCall },
  {
    ...state('callwindow-long', 'The small window with a long name and no address', {}),
    call: { ...aCall, name: 'Hohenstein-Schwarzenberg Accounts Receivable and Collections', address: '' },
  },
]
