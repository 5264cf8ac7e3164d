// Two servers, one person: each profile with its own sign-in, extension and secrets, switched while main runs.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createPortPair } from '../../../common/kit/port.ts'
import { createApp } from '../../../main/app.ts'
import { openFakePhone, registered } from '../../support/fake-phone.ts'
import { openMain } from '../../support/main-app.ts'
import { openTestPractice, type TestPractice } from '../../support/practice.ts'
import { createTestHost } from '../../support/test-host.ts'

async function openApp() {
  const { host, app, scope } = openMain()
  const [mainEnd, windowEnd] = createPortPair()
  app.attach(mainEnd)
  const phone = openFakePhone(scope, windowEnd, {
    onStart: async (input, own) => own.change({ registration: registered(own, input) }),
  })
  await phone.ready()
  const state = () => app.store.getState()
  /** As a person fills it in: the addresses, then the key. */
  const fillIn = async ({ address }: TestPractice, edgeUrl: string) => {
    const { apiUrl, baseDomain, accessKey } = address
    await phone.main['settings.change']({ patch: { environment: 'custom', apiUrl, baseDomain, edgeUrl } })
    await phone.main['account.signIn']({ by: 'accessKey', accessKey })
    await phone.main['extension.provision']({})
    await phone.main['phone.register']({})
  }
  const customer = () => {
    const { account } = state()
    return account.status === 'signedIn' ? account.customerId : account.status
  }
  return { host, app, phone, state, fillIn, customer }
}

const idOf = ({ state }: Awaited<ReturnType<typeof openApp>>, name: string) =>
  state().profiles.list.find((profile) => profile.name === name)?.id ?? 'none'

it('each profile comes back with its own sign-in, extension and registration', async () => {
  const [home, office] = [await openTestPractice(), await openTestPractice({ dialect: 'documented' })]
  const opened = await openApp()
  const { phone, state, fillIn, customer, host } = opened
  await fillIn(home, 'ws://home.example')
  await phone.main['profile.rename']({ id: 'default', name: 'Home' })
  const homeExtension = state().settings.extension

  await phone.main['profile.add']({ name: 'Office', environment: 'custom' })
  expect(customer()).toBe('signedOut')
  expect(phone.asked).toContain('phone.stop')
  expect(state()).toMatchObject({ extension: { status: 'none' }, settings: { apiUrl: '', extension: '' } })
  await fillIn(office, 'ws://office.example')
  expect(customer()).toBe(office.customerId)
  const officeExtension = state().settings.extension
  expect(officeExtension).not.toBe(homeExtension)

  await phone.main['profile.use']({ id: 'default' })
  await expect.poll(customer).toBe(home.customerId)
  await expect
    .poll(() => phone.starts.at(-1))
    .toMatchObject({
      username: homeExtension,
      edges: ['ws://home.example'],
    })
  await phone.main['profile.use']({ id: idOf(opened, 'Office') })
  await expect.poll(customer).toBe(office.customerId)
  await expect
    .poll(() => phone.starts.at(-1))
    .toMatchObject({
      username: officeExtension,
      edges: ['ws://office.example'],
    })
  const told = JSON.stringify([state(), readFileSync(path.join(host.dataDir, 'settings.json'), 'utf8')])
  for (const { address } of [home, office]) expect(told).not.toContain(address.accessKey)
})

it('a start with a name begins there; a name that is none is told and changes nothing', async () => {
  const host = createTestHost()
  const settings = { profile: 'a', profiles: [{ id: 'a' }, { id: 'b', name: 'Lab', environment: 'sandbox' }] }
  writeFileSync(path.join(host.dataDir, 'settings.json'), JSON.stringify(settings))
  onTestFinished(() => host.remove())
  const named = createApp({ ...host, profile: 'lab' })
  expect(named.store.getState()).toMatchObject({
    profiles: { now: 'b' },
    settings: { environment: 'sandbox' },
  })
  const file = path.join(host.dataDir, 'settings.json')
  await expect.poll(() => JSON.parse(readFileSync(file, 'utf8')).profile).toBe('b')
  await named.close()
  const wrong = createApp({ ...host, profile: 'Nowhere' })
  expect(wrong.store.getState()).toMatchObject({
    profiles: { now: 'b' },
    notices: [{ error: { code: 'profile.unknown', detail: 'Nowhere; there are: Practice, Lab' } }],
  })
  await wrong.close()
})

it('two profiles on one server have two sign-ins', async () => {
  const practice = await openTestPractice()
  const opened = await openApp()
  const { phone, fillIn, customer } = opened
  await fillIn(practice, 'ws://edge.example')
  await phone.main['profile.add']({ name: 'Other', environment: 'custom' })
  const { apiUrl, baseDomain } = practice.address
  await phone.main['settings.change']({ patch: { apiUrl, baseDomain } })
  // Nothing of the first one's is taken for it.
  await expect(phone.main['account.signIn']({ by: 'stored' })).rejects.toMatchObject({
    code: 'account.signedOut',
  })
  await phone.main['account.signIn']({ by: 'accessKey', accessKey: practice.foreignAccessKey })
  await phone.main['profile.use']({ id: 'default' })
  await expect.poll(customer).toBe(practice.customerId)
  await phone.main['profile.use']({ id: idOf(opened, 'Other') })
  await expect.poll(customer).toBe(practice.foreignCustomerId)
})

it('a call is never ended by another profile, server or extension: they are refused, and nothing has changed', async () => {
  const practice = await openTestPractice()
  const opened = await openApp()
  const { phone, fillIn, state, customer } = opened
  await fillIn(practice, 'ws://edge.example')
  await phone.main['profile.add']({ name: 'Other', environment: 'sandbox' })
  const other = idOf(opened, 'Other')
  await phone.main['profile.use']({ id: 'default' })
  await expect.poll(customer).toBe(practice.customerId)
  await expect.poll(() => state().extension.status).toBe('ready')
  const sessionId = await phone.ring()
  await phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
  const before = state()
  const inCall = { code: 'profile.inCall' }
  await expect(phone.main['profile.use']({ id: other })).rejects.toMatchObject(inCall)
  await expect(phone.main['profile.remove']({ id: 'default' })).rejects.toMatchObject(inCall)
  for (const patch of [{ environment: 'production' }, { extension: 'desk9' }] as const)
    await expect(phone.main['settings.change']({ patch })).rejects.toMatchObject(inCall)
  expect(phone.session(sessionId)?.status).toBe('established')
  expect(state()).toMatchObject({ profiles: before.profiles, settings: before.settings })
  await phone.changeSession(sessionId, { status: 'ended', endedAt: Date.now() })
  await phone.main['profile.use']({ id: other })
  expect(state().profiles.now).toBe(other)
})

it('a removed profile leaves no secret behind, and the other one all of its own', async () => {
  const practice = await openTestPractice()
  const opened = await openApp()
  const { phone, fillIn, host, state, customer } = opened
  await fillIn(practice, 'ws://edge.example')
  await phone.main['profile.add']({ name: 'Other', environment: 'custom' })
  const other = idOf(opened, 'Other')
  await fillIn(practice, 'ws://other.example')
  const login = { urls: 'turn:turn.example', username: 'mina' }
  await phone.main['settings.keepTurnPassword']({ ...login, password: 'hush' })
  await phone.main['settings.change']({ patch: { iceServers: [login] } })
  const { extension } = state()
  const names = [
    `account:${practice.address.apiUrl}`,
    `turn:${login.urls}:${login.username}`,
    `extension:${practice.address.apiUrl}:${extension.status === 'ready' ? extension.id : ''}`,
  ]
  const kept = () => Promise.all(names.map((name) => host.secrets.get(`${other}:${name}`)))
  expect((await kept()).every((secret) => secret !== undefined)).toBe(true)
  await phone.main['profile.remove']({ id: other })
  expect(await kept()).toEqual([undefined, undefined, undefined])
  await expect.poll(customer).toBe(practice.customerId)
  await expect(phone.main['profile.remove']({ id: 'default' })).rejects.toMatchObject({
    code: 'profile.last',
  })
})

it('signing out forgets credential and extension password, records and proofs, and keeps what is no account', async () => {
  const practice = await openTestPractice()
  const { phone, fillIn, host, state, app } = await openApp()
  await fillIn(practice, 'ws://edge.example')
  const login = { urls: 'turn:turn.example', username: 'mina' }
  await phone.main['settings.keepTurnPassword']({ ...login, password: 'hush' })
  await phone.main['settings.change']({ patch: { iceServers: [login], language: 'de-DE' } })
  const { extension, settings } = state()
  const id = extension.status === 'ready' ? extension.id : ''
  const { apiUrl } = practice.address
  expect(await host.secrets.get(`extension:${apiUrl}:${id}`)).toBeDefined()
  await phone.main['account.signOut']({})
  expect(await host.secrets.get(`extension:${apiUrl}:${id}`)).toBeUndefined()
  expect(await host.secrets.get(`account:${apiUrl}`)).toBeUndefined()
  const { transcripts } = await app.handlers['app.snapshot']({})
  const trace = await app.handlers['trace.watch']({ on: true })
  expect([trace, transcripts]).toEqual([[], {}])
  expect(state().quickstart.status).toBe('idle')
  // The server's, the person's and the network's, not the account's.
  expect(state().settings).toEqual(settings)
  expect(await host.secrets.get('turn:turn:turn.example:mina')).toBe('hush')
  expect((await practice.api.get(`/v1.0/extensions/${id}`)).status).toBe(200)
})

it('the edge that worked is tried first after a restart, and only in its profile', async () => {
  const practice = await openTestPractice()
  const { phone, fillIn, state } = await openApp()
  await fillIn(practice, 'ws://edge.example')
  await phone.main['settings.change']({ patch: { edgeUrl: '', baseDomain: 'pbx.test' } })
  const { accessKey } = practice.address
  await phone.main['account.signIn']({ by: 'accessKey', accessKey })
  await phone.main['extension.provision']({})
  await phone.main['phone.register']({})
  const first = phone.starts.at(-1)
  expect(first?.edges.length).toBeGreaterThan(2)
  const [usual = '', second = ''] = first?.edges ?? []
  const now = phone.phone.registration
  if (now.status !== 'registered') throw new Error('not registered')
  // It fell over to the second one.
  await phone.change({ registration: { status: 'connecting', attempt: 1, edge: second } })
  await phone.change({ registration: { ...now, edge: second } })
  await expect.poll(() => state().settings.lastEdge).toBe(second)
  // Asked again for the same: nothing begins anew, whatever is first now.
  const before = phone.starts.length
  await phone.main['phone.register']({})
  expect(phone.starts).toHaveLength(before)
  await phone.main['phone.unregister']({})
  await phone.main['phone.register']({})
  expect(phone.starts.at(-1)?.edges.slice(0, 2)).toEqual([second, usual])
  await phone.main['profile.add']({ name: 'Other', environment: 'custom' })
  expect(state().settings.lastEdge).toBe('')
})
