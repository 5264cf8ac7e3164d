// Settings in every state.
import { initialPhoneState } from '../../common/model/phone.ts'
import * as p from './people.ts'
import { freshApp, type GalleryState, state, withSettings } from './state.ts'

export const settingsStates: readonly GalleryState[] = [
  state('settings-practice', 'Practice, signed in', {}),
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
