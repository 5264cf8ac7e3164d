// Whose account it is, against practice in both dialects: signing up, access keys, renewing, and no secret in an address.
import http from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortPair } from '../../../common/kit/port.ts'
import { createScope } from '../../../common/kit/scope.ts'
import { createApp } from '../../../main/app.ts'
import type { PracticeAddress } from '../../../main/host.ts'
import { openFakePhone, registered } from '../../support/fake-phone.ts'
import { openTestPractice } from '../../support/practice.ts'
import { createTestHost } from '../../support/test-host.ts'

const dialects = ['deployed', 'documented'] as const

/** The whole of main on an own address, in front of practice, with every address that it asked for. */
async function anApp(dialect: (typeof dialects)[number]) {
  const practice = await openTestPractice({ dialect })
  const relay = await openRelay(practice.address)
  const host = createTestHost()
  const app = createApp(host)
  const scope = createScope('windows')
  onTestFinished(async () => {
    await app.close()
    await scope.end()
    host.remove()
  })
  await app.handlers['settings.change']({
    patch: { environment: 'custom', apiUrl: relay.apiUrl, baseDomain: practice.address.baseDomain },
  })
  const openWindow = async () => {
    const [mainEnd, windowEnd] = createPortPair()
    app.attach(mainEnd)
    const phone = openFakePhone(scope, windowEnd, {
      async onStart(input, own) {
        practice.line.register(input.username, `sip:${own.contact.user}@${own.contact.host};transport=ws`)
        await own.change({ registration: registered(own, input) })
      },
    })
    await phone.ready()
    return phone
  }
  const as = (user: 'admin' | 'manager' | 'agent') =>
    ({ by: 'password', username: practice.logins[user], password: practice.logins[user] }) as const
  return { practice, relay, host, app, state: () => app.store.getState(), openWindow, as, ask: app.handlers }
}

/** Between the companion and practice: writes down every address, hands on the rest. */
async function openRelay({ apiUrl }: PracticeAddress) {
  const urls: string[] = []
  const target = new URL(apiUrl)
  const send = (request: http.IncomingMessage) =>
    http.request({
      host: target.hostname,
      port: target.port,
      method: request.method,
      path: request.url,
      headers: request.headers,
    })
  const server = http.createServer((request, response) => {
    urls.push(request.url ?? '')
    const onward = send(request)
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => request.socket.destroy())
    request.pipe(onward)
  })
  server.on('upgrade', (request, socket, head) => {
    urls.push(request.url ?? '')
    const onward = send(request)
    onward.on('upgrade', (answer, far, first) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
      if (first.length > 0) socket.write(first)
      if (head.length > 0) far.write(head)
      socket.pipe(far).pipe(socket)
      for (const end of [socket, far]) end.on('error', () => [socket, far].map((one) => one.destroy()))
    })
    onward.on('response', (answer) => {
      socket.end(`HTTP/1.1 ${answer.statusCode} no\r\nconnection: close\r\n\r\n`)
      answer.resume()
    })
    onward.on('error', () => socket.destroy())
    onward.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { apiUrl: `http://127.0.0.1:${address.port}`, urls }
}

type House = Awaited<ReturnType<typeof anApp>>

/** What practice would have written in its e-mail; the trace shows the answer. */
async function readMail({ ask }: House, pattern: RegExp): Promise<string> {
  const trace = await ask['trace.watch']({ on: true })
  const found = trace.map(({ body }) => pattern.exec(body ?? '')?.[1]).filter((text) => text !== undefined)
  return found.at(-1) ?? ''
}
const ada = { email: 'ada@example.com', name: 'Ada', acceptedTerms: true } as const
const everywhere = async ({ ask, host }: House) => {
  const { state } = await ask['app.snapshot']({})
  const trace = await ask['trace.watch']({ on: true })
  return JSON.stringify([state, trace, host.lines])
}

describe('signing up', () => {
  it('deployed: the key of the answer signs in and is kept; calls wait for the link in the e-mail', async () => {
    const house = await anApp('deployed')
    const { ask, state, host, relay } = house
    await ask['signUp.start'](ada)
    expect(state().signUp).toMatchObject({ status: 'done', confirmBy: 'link' })
    expect(state().account).toMatchObject({
      status: 'signedIn',
      customerName: 'Ada',
      customerStatus: 'initial',
      credential: 'accessKey',
    })
    const key = (await host.secrets.get(`account:${relay.apiUrl}`)) ?? ''
    expect(key).toContain('vb_')
    expect(await everywhere(house)).not.toContain(JSON.parse(key).secret)
    expect(state().notices.map(({ error }) => error.code)).toEqual(['account.initial'])
    await house.openWindow()
    await ask['extension.provision']({})
    await expect(ask['call.placeTest']({})).rejects.toMatchObject({ code: 'account.initial' })
    const token = await readMail(house, /link posts ([0-9a-f]{64})/)
    expect((await house.practice.anonymous.post('/auth/email-verify', { token })).status).toBe(200)
    await ask['account.look']({})
    expect(state().account).toMatchObject({ customerStatus: 'active' })
    expect(state().notices).toEqual([])
  })

  it('documented: the six digits make the account; its key signs in and is kept', async () => {
    const house = await anApp('documented')
    const { ask, state, host, relay } = house
    await ask['signUp.start'](ada)
    expect(state().signUp).toMatchObject({ status: 'code', email: ada.email })
    const code = await readMail(house, /six digits are (\d{6})/)
    await ask['signUp.confirm']({ code })
    expect(state().account).toMatchObject({
      status: 'signedIn',
      customerName: 'Ada',
      customerStatus: 'active',
    })
    expect(await host.secrets.get(`account:${relay.apiUrl}`)).toContain('vb_')
  })

  it('deployed: [I.1] an empty answer is told as an address that is known', async () => {
    const { ask, state, practice } = await anApp('deployed')
    await practice.anonymous.post('/auth/signup', { email: ada.email, accepted_tos: true })
    await expect(ask['signUp.start'](ada)).rejects.toMatchObject({ code: 'signUp.refused' })
    expect(state().signUp).toMatchObject({ status: 'failed', error: { code: 'signUp.refused' } })
    expect(state().account.status).toBe('signedOut')
  })

  it('documented: [I.1] an empty temp_token is told as an address that is known', async () => {
    const house = await anApp('documented')
    await house.ask['signUp.start'](ada)
    await house.ask['signUp.confirm']({ code: await readMail(house, /six digits are (\d{6})/) })
    await house.ask['account.signOut']({})
    await expect(house.ask['signUp.start'](ada)).rejects.toMatchObject({ code: 'signUp.refused' })
  })

  it('documented: [I.2] a wrong code can be corrected, and another one sent', async () => {
    const house = await anApp('documented')
    const { ask, state } = house
    await ask['signUp.start'](ada)
    const first = await readMail(house, /six digits are (\d{6})/)
    const wrong = first === '000000' ? '000001' : '000000'
    await expect(ask['signUp.confirm']({ code: wrong })).rejects.toMatchObject({ code: 'signUp.wrongCode' })
    expect(state().signUp).toMatchObject({ status: 'code', error: { code: 'signUp.wrongCode' } })
    await ask['signUp.start'](ada)
    expect(state().signUp).toEqual({ status: 'code', email: ada.email, sentAt: expect.any(Number) })
    await ask['signUp.confirm']({ code: await readMail(house, /six digits are (\d{6})/) })
    expect(state().account.status).toBe('signedIn')
  })

  it('documented: [I.3] five wrong codes end it, and say to start again', async () => {
    const house = await anApp('documented')
    const { ask, state } = house
    await ask['signUp.start'](ada)
    const right = await readMail(house, /six digits are (\d{6})/)
    const wrong = right === '000000' ? '000001' : '000000'
    const codes: string[] = []
    for (let turn = 0; turn < 6; turn++)
      codes.push(await ask['signUp.confirm']({ code: wrong }).then(String, (error) => error.code))
    expect(codes).toEqual([...Array(5).fill('signUp.wrongCode'), 'signUp.tooManyTries'])
    expect(state().signUp.status).toBe('failed')
  })

  it('documented: [I.4] a server that knows no codes says to follow the link', async () => {
    const { ask, state, practice } = await anApp('documented')
    await ask['signUp.start'](ada)
    await practice.pull({
      pull: 'failRequest',
      path: '/auth/complete-signup',
      status: 404,
      reason: 'ROUTE_NOT_FOUND',
    })
    await expect(ask['signUp.confirm']({ code: '123456' })).rejects.toMatchObject({
      code: 'signUp.confirmByLink',
    })
    expect(state().signUp).toMatchObject({ status: 'failed', error: { code: 'signUp.confirmByLink' } })
  })

  it.each(dialects)('%s: an answer that never came is not asked for again blindly', async (dialect) => {
    const { ask, relay, practice } = await anApp(dialect)
    await practice.pull({ pull: 'failRequest', path: '/auth/signup', status: 0 })
    await expect(ask['signUp.start'](ada)).rejects.toMatchObject({ code: 'signUp.unanswered' })
    expect(relay.urls).toEqual(['/auth/signup'])
  })
})

describe.each(dialects)('access keys, %s', (dialect) => {
  it('are made, shown once, used in place, listed and deleted', async () => {
    const house = await anApp(dialect)
    const { ask, state, as } = house
    await ask['account.signIn'](as('admin'))
    const { token } = await ask['accessKey.create']({ name: 'Laptop', days: 30, use: true })
    expect(token).toMatch(/^vb_/)
    expect(await everywhere(house)).not.toContain(token)
    expect(state().account).toMatchObject({ status: 'signedIn', credential: 'accessKey' })
    const { accessKeys } = state()
    if (accessKeys.status !== 'ready') throw new Error(accessKeys.status)
    const laptop = accessKeys.keys.find(({ name }) => name === 'Laptop')
    expect(laptop).toMatchObject({ prefix: token.slice(0, 11), inUse: true })
    expect(Math.round(((laptop?.expiresAt ?? 0) - Date.now()) / 86_400_000)).toBe(30)
    await ask['accessKey.remove']({ id: laptop?.id ?? '' })
    expect(state().account).toMatchObject({ status: 'expired', error: { code: 'account.keyEnded' } })
    expect(await house.host.secrets.get(`account:${house.relay.apiUrl}`)).toBeUndefined()
  })

  it('of a creation whose answer got lost are looked for, not made twice', async () => {
    const { ask, as, practice, relay } = await anApp(dialect)
    await ask['account.signIn'](as('admin'))
    await practice.pull({ pull: 'failRequest', method: 'POST', path: '/v1.0/accesskeys', status: 503 })
    const create = ask['accessKey.create']({ name: 'Laptop', use: false })
    await expect(create).rejects.toMatchObject({ code: 'platform.unavailable' })
    const rows = (await practice.api.get('/v1.0/accesskeys')).json.result
    expect(rows.filter(({ name }: { name: string }) => name === 'Laptop')).toEqual([])
    expect(relay.urls.filter((url) => url.startsWith('/v1.0/accesskeys')).length).toBeGreaterThan(3)
  })

  it.each(['manager', 'agent'] as const)('are not asked for by a %s', async (user) => {
    const { ask, as, relay } = await anApp(dialect)
    await ask['account.signIn'](as(user))
    await expect(ask['accessKey.list']({})).rejects.toMatchObject({ code: 'account.notPermitted' })
    expect(relay.urls.filter((url) => url.includes('accesskeys'))).toEqual([])
  })
})

describe.each(dialects)('a sign-in that expires, %s', (dialect) => {
  async function inCall() {
    const house = await anApp(dialect)
    const { ask, as, practice } = house
    const phone = await house.openWindow()
    await ask['account.signIn'](as('manager'))
    await ask['extension.provision']({})
    await ask['subscription.open']({})
    await ask['phone.register']({})
    await ask['call.placeTest']({})
    const leg = await practice.line.nextLeg()
    leg.ring()
    const sessionId = await phone.ring(leg.invite.from)
    await expect.poll(() => house.state().links[sessionId]?.status).toBe('linked')
    leg.answer()
    await phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
    const link = house.state().links[sessionId]
    return { ...house, phone, leg, callId: link?.status === 'linked' ? link.callId : '' }
  }

  it('[I.6] is renewed in place: call, match, phone and lines stay, and events go on', async () => {
    const { ask, as, state, practice, phone, leg, callId } = await inCall()
    await practice.pull({ pull: 'expireTokens' })
    await practice.pull({ pull: 'eventSockets' })
    await expect.poll(() => state().account.status).toBe('expired')
    await expect
      .poll(() => state().subscription, { timeout: 10_000 })
      .toMatchObject({
        status: 'refused',
        error: { code: 'events.signedOut' },
      })
    expect(state().notices.map(({ error }) => error.code)).toEqual(['account.expired'])
    // Said while nobody listened.
    await practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'While you were away' })
    await ask['account.renew'](as('manager'))
    expect(state().account).toMatchObject({ status: 'signedIn', role: 'manager' })
    await expect.poll(() => state().subscription.status).toBe('open')
    expect(state().notices).toEqual([])
    expect(Object.keys(state().links)).toHaveLength(1)
    expect(state().calls[callId]?.status).toBe('progressing')
    expect(state().extension.status).toBe('ready')
    expect(phone.asked).not.toContain('phone.stop')
    expect(leg.state.status).toBe('answered')
    await expect
      .poll(async () => JSON.stringify((await ask['app.snapshot']({})).transcripts[callId]))
      .toContain('While you were away')
    await practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'And now again' })
    await expect
      .poll(async () => JSON.stringify((await ask['app.snapshot']({})).transcripts[callId]))
      .toContain('And now again')
  })

  it('is renewed before its end without anybody noticing', async () => {
    const { ask, as, state, phone, callId } = await inCall()
    await ask['account.renew'](as('manager'))
    await expect.poll(() => state().subscription.status).toBe('open')
    expect(state().calls[callId]?.status).toBe('progressing')
    expect(phone.starts).toHaveLength(1)
    await expect(ask['account.renew'](as('admin'))).rejects.toMatchObject({ code: 'account.otherPerson' })
    expect(state().account).toMatchObject({ status: 'signedIn', role: 'manager' })
  })
})

describe.each(dialects)('the addresses of requests, %s', (dialect) => {
  it('hold no token: it travels in a header, also to the event socket', async () => {
    const house = await anApp(dialect)
    const { ask, as, relay } = house
    for (const user of ['manager', 'agent'] as const) {
      await ask['account.signIn'](as(user))
      await ask['subscription.open']({})
      await ask['account.look']({})
    }
    expect(relay.urls.some((url) => url.startsWith('/v1.0/ws'))).toBe(true)
    expect(relay.urls.filter((url) => /eyJ|vb_|token=|accesskey|password/i.test(url))).toEqual([])
    expect(await everywhere(house)).not.toMatch(/eyJ[\w-]{10}/)
  })

  it('hold an access key where the platform allows nothing else, and nothing shows it', async () => {
    const house = await anApp(dialect)
    const { ask, relay, practice } = house
    const { accessKey } = practice.address
    await ask['account.signIn']({ by: 'accessKey', accessKey })
    await ask['subscription.open']({})
    await ask['accessKey.list']({})
    for (const url of relay.urls)
      expect(new URL(url, relay.apiUrl).searchParams.get('accesskey')).toBe(accessKey)
    expect(await everywhere(house)).not.toContain(accessKey)
  })

  it('hold nothing of what signs in or up', async () => {
    const house = await anApp(dialect)
    const { ask, as, relay } = house
    await ask['signUp.start']({ ...ada, email: 'eve@example.com' })
    await ask['account.forgotPassword']({ email: 'eve@example.com' })
    await ask['account.signOut']({})
    await ask['account.signIn'](as('admin'))
    const without = relay.urls.filter((url) => url.startsWith('/auth/'))
    expect(without).toEqual(['/auth/signup', '/auth/password-forgot', '/auth/login'])
  })
})
