// The whole of main behind its handlers, against practice: windows that come and go, signing out, settings, the end.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPortPair } from '../../../common/kit/port.ts'
import { openFakePhone, registered, type Script } from '../../support/fake-phone.ts'
import { openMain } from '../../support/main-app.ts'
import { openTestPractice } from '../../support/practice.ts'

async function openApp() {
  const practice = await openTestPractice()
  const { host, app, scope } = openMain(async () => practice.address)
  const openWindow = async (script: Script = {}) => {
    const [mainEnd, windowEnd] = createPortPair()
    const detach = app.attach(mainEnd)
    const phone = openFakePhone(scope.child('window'), windowEnd, {
      async onStart(input, own) {
        const { user, host: contactHost } = own.contact
        practice.line.register(input.username, `sip:${user}@${contactHost};transport=ws`)
        await own.change({ registration: registered(own, input) })
      },
      ...script,
    })
    await phone.ready()
    return { phone, detach }
  }
  const signInAndRegister = async () => {
    await app.handlers['account.signIn']({ by: 'stored' })
    await app.handlers['extension.provision']({})
    await app.handlers['subscription.open']({})
    await app.handlers['phone.register']({})
  }
  return { practice, host, app, openWindow, signInAndRegister }
}

describe('before signing in', () => {
  it('every request that needs it says so', async () => {
    const { openWindow } = await openApp()
    const { main } = (await openWindow()).phone
    await expect(main['call.placeTest']({})).rejects.toMatchObject({ code: 'account.signedOut' })
    await expect(main['speaking.say']({ callId: 'x', text: 'Hi' })).rejects.toMatchObject({
      code: 'account.signedOut',
    })
    await expect(main['extension.provision']({})).rejects.toMatchObject({ code: 'account.signedOut' })
    await expect(main['phone.register']({})).rejects.toMatchObject({ code: 'extension.missing' })
    await expect(main['speaking.say']({ callId: 'x', text: ' ' })).rejects.toMatchObject({
      code: 'speaking.empty',
    })
  })
})

describe('the phone', () => {
  it('gets its password over the bridge and leaves it nowhere else', async () => {
    const { app, host, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await signInAndRegister()
    const [start] = phone.starts
    expect(start).toMatchObject({ expiresSeconds: 300, edges: ['ws://127.0.0.1:9'], secondCall: 'ring' })
    const password = start?.password ?? 'missing'
    expect(password.length).toBeGreaterThan(15)
    const { state } = await app.handlers['app.snapshot']({})
    const trace = await app.handlers['trace.watch']({ on: true })
    for (const place of [state, trace, host.lines, phone.seen])
      expect(JSON.stringify(place)).not.toContain(password)
  })
  it('is registered again by a new window, with the same identity', async () => {
    const { openWindow, signInAndRegister } = await openApp()
    const first = await openWindow()
    await signInAndRegister()
    const second = await openWindow()
    await expect.poll(() => second.phone.starts.length).toBe(1)
    expect(second.phone.starts[0]?.instanceId).toBe(first.phone.starts[0]?.instanceId)
  })
  it('is not registered by a new window when it was not wanted', async () => {
    const { app, openWindow, signInAndRegister } = await openApp()
    await openWindow()
    await signInAndRegister()
    await app.handlers['phone.unregister']({})
    const second = await openWindow()
    await second.phone.main['trace.clear']({})
    expect(second.phone.starts).toEqual([])
  })
  it('is told about a new edge at once', async () => {
    const { app, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await signInAndRegister()
    await app.handlers['settings.change']({ patch: { edgeUrl: 'wss://edge.example' } })
    expect(phone.starts.at(-1)?.edges).toEqual(['wss://edge.example'])
  })
  it('is woken with the machine', async () => {
    const { app, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await signInAndRegister()
    app.wake()
    await expect.poll(() => phone.asked).toContain('phone.wake')
  })
})

describe('the password of a TURN server', () => {
  const login = { urls: 'turns:turn.example', username: 'mina' }
  const password = 'hush-hush-4711'

  it('reaches the phone and stands nowhere else; its row takes it along', async () => {
    const { app, host, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await phone.main['settings.keepTurnPassword']({ ...login, password })
    await phone.main['settings.change']({ patch: { iceServers: [login] } })
    await signInAndRegister()
    expect(phone.starts[0]?.iceServers).toEqual([{ ...login, credential: password }])
    const { state } = await app.handlers['app.snapshot']({})
    const trace = await app.handlers['trace.watch']({ on: true })
    expect(state.turnLogins).toEqual([login])
    const file = readFileSync(path.join(host.dataDir, 'settings.json'), 'utf8')
    for (const place of [state, trace, host.lines, phone.seen, file])
      expect(JSON.stringify(place)).not.toContain(password)
    await phone.main['settings.change']({ patch: { iceServers: [] } })
    expect(phone.starts.at(-1)?.iceServers).toEqual([])
    expect(await host.secrets.get('turn:turns:turn.example:mina')).toBeUndefined()
  })
  it('does not end a call: the phone learns it when the call is over', async () => {
    const { app, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await app.handlers['settings.change']({ patch: { iceServers: [login] } })
    await signInAndRegister()
    const sessionId = await phone.ring()
    await phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
    await phone.main['settings.keepTurnPassword']({ ...login, password })
    expect(phone.starts).toHaveLength(1)
    await phone.changeSession(sessionId, { status: 'ended', endedAt: Date.now() })
    await expect.poll(() => phone.starts.at(-1)?.iceServers).toEqual([{ ...login, credential: password }])
  })
})

describe('a call', () => {
  it('of a window that crashed is hung up on the platform', async () => {
    const { practice, app, openWindow, signInAndRegister } = await openApp()
    const { phone, detach } = await openWindow()
    await signInAndRegister()
    await app.handlers['call.placeTest']({})
    const leg = await practice.line.nextLeg()
    leg.ring()
    const sessionId = await phone.ring(leg.invite.from)
    await expect.poll(() => app.store.getState().links[sessionId]?.status).toBe('linked')
    leg.answer()
    await phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
    detach()
    await expect.poll(() => leg.state.status).toBe('ended')
    expect(app.store.getState().notices.map(({ error }) => error.code)).toEqual(['app.windowGone'])
  })
  it('is hung up over SIP where it is ours', async () => {
    const { practice, app, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await signInAndRegister()
    await app.handlers['call.placeTest']({})
    const leg = await practice.line.nextLeg()
    const sessionId = await phone.ring(leg.invite.from)
    await expect.poll(() => app.store.getState().links[sessionId]?.status).toBe('linked')
    const link = app.store.getState().links[sessionId]
    await app.handlers['call.hangUp']({ callId: link?.status === 'linked' ? link.callId : '' })
    expect(phone.asked).toContain('phone.hangUp')
    expect(phone.session(sessionId)?.status).toBe('ended')
  })
})

describe('leaving', () => {
  it('signing out unregisters and forgets calls, extension and events', async () => {
    const { app, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await signInAndRegister()
    await app.handlers['account.signOut']({})
    expect(phone.asked).toContain('phone.stop')
    const { account, extension, subscription, calls } = app.store.getState()
    expect([account.status, extension.status, subscription.status, calls]).toEqual([
      'signedOut',
      'none',
      'closed',
      {},
    ])
  })
  it('signing in as another customer takes nothing of the first along', async () => {
    const { app, practice, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await signInAndRegister()
    await app.handlers['account.signIn']({ by: 'accessKey', accessKey: practice.foreignAccessKey })
    const { account, extension, subscription } = app.store.getState()
    expect(account).toMatchObject({ status: 'signedIn', customerId: practice.foreignCustomerId })
    expect([extension.status, subscription.status]).toEqual(['none', 'closed'])
    expect(phone.asked).toContain('phone.stop')
  })
  it('signing in again as the same customer keeps extension, events and registration', async () => {
    const { app, practice, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow()
    await signInAndRegister()
    await app.handlers['account.signIn']({ by: 'accessKey', accessKey: practice.address.accessKey })
    expect(app.store.getState().extension.status).toBe('ready')
    await expect.poll(() => app.store.getState().subscription.status).toBe('open')
    expect(phone.asked).not.toContain('phone.stop')
  })
  it('another environment signs out of this one', async () => {
    const { app, openWindow, signInAndRegister } = await openApp()
    await openWindow()
    await signInAndRegister()
    await app.handlers['settings.change']({ patch: { environment: 'custom', apiUrl: 'https://api.example' } })
    const { account, practice } = app.store.getState()
    expect([account.status, practice.status]).toEqual(['signedOut', 'off'])
  })
  it('closing hangs up, unregisters and ends everything, even when the window does not answer', async () => {
    const { app, openWindow, signInAndRegister } = await openApp()
    const { phone } = await openWindow({ onHangUp: () => new Promise(() => {}) })
    await signInAndRegister()
    await phone.ring()
    await app.close()
    expect(phone.asked).toContain('phone.hangUp')
    expect(app.store.getState().subscription.status).toBe('closed')
  })
})
