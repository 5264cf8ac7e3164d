import { expect, test } from 'vitest'
import { initialAppState } from '../../../common/model/app-state.ts'
import type { Pin } from '../../../common/model/settings.ts'
import { aKey, anError, pinnedHosts, untrustedText } from '../../../renderer/gallery/people.ts'
import { parsePin, toPins, toTrust } from '../../../renderer/view/trust-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const withPins = (pins: Pin[]) => ({ ...initialAppState, settings: { ...initialAppState.settings, pins } })
const untrusted = anError('network.untrusted', untrustedText())

test('an untrusted server is offered with its host and key; the pin joins the others', async () => {
  const { actions, calls } = rememberActions()
  const known = { host: 'sip.pbx.example', sha256: aKey }
  const view = toTrust(withPins([known]), untrusted, actions)
  if (view?.status !== 'offered') throw new Error('not offered')
  expect(view).toMatchObject({ host: 'api.pbx.example', sha256: aKey })
  expect(view.facts).toEqual([
    { label: 'Signed by', value: 'O=Acme Telephony, CN=api.pbx.example' },
    { label: 'For', value: 'api.pbx.example, sip.pbx.example' },
    { label: 'Valid until', value: '2027-08-19' },
  ])
  expect(await view.trust()).toBe(true)
  const pins = [known, { host: 'api.pbx.example', sha256: aKey }]
  expect(calls).toEqual([['ask', 'settings.change', { patch: { pins } }]])
})

test('the edge of the phone is offered alike; other errors and servers without a certificate are not', () => {
  const { actions } = rememberActions()
  const app = withPins([])
  expect(toTrust(app, anError('sip.untrusted', untrustedText()), actions)?.status).toBe('offered')
  expect(toTrust(app, anError('network.refused', untrustedText()), actions)).toBeUndefined()
  expect(toTrust(app, anError('network.untrusted', 'x shows no certificate'), actions)).toBeUndefined()
})

test('a key that is pinned already is not offered again, and another than the pinned one never', () => {
  const { actions } = rememberActions()
  const pinned = withPins([{ host: 'API.pbx.example', sha256: aKey }])
  expect(toTrust(pinned, untrusted, actions)?.status).toBe('trusted')
  expect(toTrust(withPins(pinnedHosts), untrusted, actions)?.status).toBe('changed')
})

test('a new pin is checked; a pasted address counts as its host', () => {
  expect(parsePin({ host: ' https://API.pbx.example:8443/v1.0 ', sha256: ` ${aKey} ` })).toEqual({
    pin: { host: 'api.pbx.example', sha256: aKey },
  })
  expect(parsePin({ host: 'a b', sha256: aKey }).wrongHost).toContain('host')
  expect(parsePin({ host: 'a', sha256: 'short' })).toEqual({ wrongKey: expect.stringContaining('base64') })
  expect(parsePin({ host: '', sha256: '' })).toEqual({})
})

test('a pin can be added once and removed alone', () => {
  const { actions, calls } = rememberActions()
  const view = toPins(withPins(pinnedHosts), actions)
  const [first, second] = pinnedHosts
  view.pins[0]?.remove()
  expect(calls.at(-1)).toEqual(['change', { pins: [second] }])
  if (first) view.add({ ...first })
  expect(calls.at(-1)).toEqual(['change', { pins: [second, first] }])
})
