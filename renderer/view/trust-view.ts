// Certificates as a snapshot: the pins of the settings, a new one as it is typed, and the offer to trust a refused server.
import type { ErrorData } from '../../common/kit/errors.ts'
import { readUntrusted, type Untrusted } from '../../common/kit/untrusted.ts'
import type { AppState } from '../../common/model/app-state.ts'
import { Pin } from '../../common/model/settings.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'

export interface PinsView {
  pins: { pin: Pin; remove: () => void }[]
  add: (pin: Pin) => void
}

export function toPins({ settings: { pins } }: AppState, actions: Actions): PinsView {
  return {
    pins: pins.map((pin) => ({
      pin,
      remove: () => actions.change({ pins: pins.filter((one) => one !== pin) }),
    })),
    add: (pin) => actions.change({ pins: withPin(pins, pin) }),
  }
}

const withPin = (pins: readonly Pin[], pin: Pin): Pin[] => [
  ...pins.filter((one) => one.host !== pin.host || one.sha256 !== pin.sha256),
  pin,
]

export interface NewPin {
  host: string
  sha256: string
}

/** A pasted address counts as its host. */
export function parsePin(input: NewPin): { pin?: Pin; wrongHost?: string; wrongKey?: string } {
  const typed = input.host.trim()
  const address = typed.includes('://') ? typed : `https://${typed}`
  const name = URL.canParse(address) ? new URL(address).hostname : ''
  // Some engines escape what cannot stand in a name instead of refusing it.
  const host = /^[\w.:[\]-]+$/.test(name) ? name : ''
  const pin = Pin.safeParse({ host, sha256: input.sha256.trim() })
  if (pin.success) return { pin: pin.data }
  const isKey = Pin.shape.sha256.safeParse(input.sha256.trim()).success
  return {
    ...(host === '' && typed !== '' ? { wrongHost: say('Must be a host such as api.example.com') } : {}),
    ...(isKey || input.sha256.trim() === ''
      ? {}
      : { wrongKey: say('Must be 44 characters of base64 that end with =') }),
  }
}

/**
 *   offered → trusted        the pin is in the settings, the error is from before
 *   changed                  the host has a pin, and showed another key: perhaps an attack, so nothing is offered here
 */
export type TrustView =
  | {
      status: 'offered'
      host: string
      sha256: string
      /** What the certificate says of itself, as far as it was told. */
      facts: { label: string; value: string }[]
      /** Resolves true when the pin is in the settings. */
      trust: () => Promise<boolean>
    }
  | { status: 'trusted'; host: string }
  | { status: 'changed'; host: string }

export function toTrust(app: AppState, error: ErrorData, actions: Actions): TrustView | undefined {
  if (error.code !== 'network.untrusted' && error.code !== 'sip.untrusted') return undefined
  const shown = readUntrusted(error.detail ?? '')
  if (!shown) return undefined
  const { host, sha256 } = shown
  const { pins } = app.settings
  const own = pins.filter((pin) => pin.host.toLowerCase() === host.toLowerCase())
  if (own.some((pin) => pin.sha256 === sha256)) return { status: 'trusted', host }
  if (own.length > 0) return { status: 'changed', host }
  return {
    status: 'offered',
    host,
    sha256,
    facts: toFacts(shown),
    trust: async () => {
      const patch = { pins: withPin(pins, { host, sha256 }) }
      return (await actions.ask('settings.change', { patch })) === undefined
    },
  }
}

const toFacts = ({ issuer, names, until }: Untrusted) =>
  [
    { label: say('Signed by'), value: issuer },
    { label: say('For'), value: names?.replaceAll(/\b(DNS|IP Address):/g, '') },
    { label: say('Valid until'), value: until },
  ].flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }]))
