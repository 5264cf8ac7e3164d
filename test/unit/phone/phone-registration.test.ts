// Main asks the phone in the window to register: what is wanted, and when it is wanted no longer.
import { expect, it } from 'vitest'
import type { PhoneCaller, PhoneStart } from '../../../common/bridge/table.ts'
import { initialPhoneState } from '../../../common/model/phone.ts'
import { createRegistration } from '../../../main/phone/registration.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const given: PhoneStart = {
  domain: 'c.registrar.voipbin.test',
  username: '2000',
  password: 'secret',
  edges: ['wss://edge.test'],
  iceServers: [],
  expiresSeconds: 300,
  instanceId: '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11',
  secondCall: 'ring',
}

function setUp() {
  const asked: string[] = []
  const gate = { open: () => {} }
  const phone = {
    'phone.start': async () => {
      asked.push('start')
      return null
    },
    'phone.stop': async () => {
      asked.push('stop')
      return null
    },
  } as unknown as PhoneCaller
  const registration = createRegistration({
    phone: async () => phone,
    state: () => initialPhoneState,
    input: () =>
      new Promise((resolve) => {
        gate.open = () => resolve(given)
      }),
    log: createQuietLog().log,
  })
  return { registration, asked, gate }
}

it('registers what it was given, and takes it back when it is not wanted any more', async () => {
  const { registration, asked, gate } = setUp()
  const registered = registration.register()
  gate.open()
  await registered
  await registration.unregister()
  expect(asked).toEqual(['start', 'stop'])
})

it('leaves the phone alone when somebody signs out while the password is still read', async () => {
  const { registration, asked, gate } = setUp()
  const registered = registration.register()
  await registration.unregister()
  gate.open()
  await expect(registered).rejects.toMatchObject({ code: 'app.stopped' })
  expect(asked).toEqual([])
})
