// The platform client, the account, the extension and the subscription against practice, in both of its dialects.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toAppError } from '../../../common/kit/errors.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import { createAccount } from '../../../main/account/create-account.ts'
import { createExtension } from '../../../main/extension/create-extension.ts'
import { createMemorySecrets } from '../../../main/host.ts'
import { createPlatform } from '../../../main/platform/create-platform.ts'
import { logIn } from '../../../main/platform/customer.ts'
import { toTopics } from '../../../main/platform/events/topics.ts'
import type { PlatformEvent } from '../../../main/platform/platform.ts'
import { createSubscription } from '../../../main/subscription/create-subscription.ts'
import { openTestPractice } from '../../support/practice.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

let scope: Scope
beforeEach(() => {
  scope = createScope('test')
})
afterEach(() => scope.end())

describe.each(['deployed', 'documented'] as const)('with the %s dialect', (dialect) => {
  async function aHouse() {
    const practice = await openTestPractice({ dialect })
    const rows: NewTraceRow[] = []
    const { log, lines } = createQuietLog()
    const secrets = createMemorySecrets()
    const account = createAccount({
      scope,
      log,
      secrets,
      set: () => {},
      notice: () => {},
      settled: () => {},
      apiUrl: () => practice.address.apiUrl,
      reach: { pins: [] },
      practiceCredential: () => undefined,
      createPlatform,
      logIn,
      trace: (row) => void rows.push(row),
    })
    let name = ''
    const extension = createExtension({
      log,
      secrets,
      set: () => {},
      platform: account.platform,
      signedIn: account.signedIn,
      domainOf: (customerId) => `${customerId}.registrar.${practice.address.baseDomain}`,
      wanted: () => name,
      remember: (made) => {
        name = made
      },
      sleep: async () => {},
    })
    const subscription = createSubscription({
      scope,
      log,
      set: () => {},
      platform: account.platform,
      topics: () => {
        const who = account.signedIn()
        return who ? toTopics(who) : []
      },
    })
    const withKey = () => account.signIn({ by: 'accessKey', accessKey: practice.address.accessKey })
    const as = (user: 'admin' | 'manager' | 'agent') =>
      account.signIn({ by: 'password', username: practice.logins[user], password: practice.logins[user] })
    return { practice, account, extension, subscription, rows, lines, withKey, as }
  }
  type House = Awaited<ReturnType<typeof aHouse>>

  /** Places a call to the extension and returns its leg and its ids. */
  async function place(house: House) {
    const { username } = house.extension.login()
    house.practice.line.register(username)
    const platform = house.account.platform()
    const placed = await platform.calls.place({
      source: { type: 'tel', target: house.practice.number },
      destinations: [{ type: 'extension', target: house.extension.login().id, targetName: username }],
      actions: [
        { type: 'transcribe_start', option: { language: 'en-US', direction: 'both' } },
        { type: 'talk', option: { text: 'Hello from practice', language: 'en-US' } },
        { type: 'sleep', option: { duration: 60_000 } },
      ],
    })
    const leg = await house.practice.line.nextLeg()
    const callId = placed.calls[0]?.id ?? placed.groupcalls[0]?.callIds[0] ?? ''
    return { platform, placed, leg, callId }
  }

  it('an access key signs in as admin of its customer', async () => {
    const { account, practice, withKey } = await aHouse()
    await withKey()
    expect(account.signedIn()).toMatchObject({ customerId: practice.customerId, role: 'admin' })
  })

  it.each(['admin', 'manager', 'agent'] as const)(
    'a password signs the %s in with role and expiry',
    async (user) => {
      const { account, practice, as } = await aHouse()
      await as(user)
      expect(account.signedIn()).toMatchObject({ customerId: practice.customerId, role: user })
      expect(account.signedIn()?.agentId).toBeDefined()
      expect(account.signedIn()?.expiresAt).toBeGreaterThan(Date.now())
    },
  )

  it('wrong credentials are called by their name', async () => {
    const { account, practice } = await aHouse()
    await expect(account.signIn({ by: 'accessKey', accessKey: 'vb_nobodys' })).rejects.toMatchObject({
      code: 'account.rejected',
    })
    const wrong = { by: 'password', username: practice.logins.admin, password: 'nonsense' } as const
    await expect(account.signIn(wrong)).rejects.toMatchObject({ code: 'account.badPassword' })
  })

  it('an expired token ends the sign-in at the next request', async () => {
    const { account, practice, as } = await aHouse()
    await as('manager')
    await practice.pull({ pull: 'expireTokens' })
    await expect(account.platform().extensions.list()).rejects.toMatchObject({ code: 'account.expired' })
    expect(account.signedIn()).toBeUndefined()
    expect(() => account.platform()).toThrow('expired')
  })

  it('the extension is created once, found again, renewed and removed', async () => {
    const { account, extension, practice, withKey } = await aHouse()
    await withKey()
    const ready = await extension.provision()
    expect(ready).toMatchObject({ outcome: 'created' })
    expect(ready.domain).toBe(`${practice.customerId}.registrar.${practice.address.baseDomain}`)
    expect(await extension.provision()).toMatchObject({ outcome: 'found', id: ready.id })
    const before = extension.login().password
    await extension.rotate()
    const row = await account.platform().extensions.get(ready.id)
    expect(row).toMatchObject({ name: ready.extension, password: extension.login().password })
    expect(row.password).not.toBe(before)
    await extension.remove()
    expect((await account.platform().extensions.list()).map((each) => each.id)).not.toContain(ready.id)
  })

  it('a create that came through though its answer was an error is adopted', async () => {
    const { extension, practice, withKey } = await aHouse()
    await withKey()
    await practice.pull({
      pull: 'failRequest',
      method: 'POST',
      path: '/v1.0/extensions',
      status: 503,
      times: 1,
    })
    expect(await extension.provision()).toMatchObject({ extension: expect.stringMatching(/^companion-/) })
  })

  it('a call is placed, followed through its events, transcribed and hung up', async () => {
    const house = await aHouse()
    await house.withKey()
    await house.extension.provision()
    await house.subscription.open()
    const events: PlatformEvent[] = []
    const waiting = new Set<() => void>()
    house.subscription.onEvent((event) => {
      events.push(event)
      for (const look of [...waiting]) look()
    })
    const until = (fits: (event: PlatformEvent) => boolean): Promise<PlatformEvent> =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.find(fits)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      })
    const { platform, placed, leg, callId } = await place(house)
    expect(placed.calls.length + placed.groupcalls.length).toBeGreaterThan(0)
    leg.ring()
    await until(
      (event) => event.kind === 'call' && event.call.id === callId && event.call.status === 'ringing',
    )
    leg.answer()
    await until(
      (event) => event.kind === 'call' && event.call.id === callId && event.call.status === 'progressing',
    )
    const line = await until((event) => event.kind === 'transcript')
    expect(line).toMatchObject({ transcript: { direction: 'out', text: expect.stringContaining('Hello') } })
    const [session] = await platform.transcribes.ofCall(callId)
    expect(session).toMatchObject({ referenceId: callId, status: 'progressing' })
    const stored = await platform.transcripts.list(session?.id ?? '')
    const heard = events.flatMap((event) => (event.kind === 'transcript' ? [event.transcript.id] : []))
    expect(stored.map((row) => row.id)).toEqual(heard)
    await platform.calls.hangUp(callId)
    await until(
      (event) => event.kind === 'call' && event.call.id === callId && event.call.status === 'hangup',
    )
    expect(await platform.calls.get(callId)).toMatchObject({ status: 'hangup' })
    expect(events.filter((event) => event.kind === 'transcript')).toHaveLength(heard.length)
  })

  it('text is spoken into a call, and the session ends', async () => {
    const house = await aHouse()
    await house.withKey()
    await house.extension.provision()
    const { platform, leg, callId } = await place(house)
    leg.ring()
    leg.answer()
    await expect.poll(async () => (await platform.calls.get(callId)).status).toBe('progressing')
    const speaking = await platform.speakings.create({
      callId,
      language: 'en-US',
      provider: 'gcp',
      direction: 'out',
    })
    await expect.poll(async () => (await platform.speakings.get(speaking.id)).status).toBe('active')
    await platform.speakings.say(speaking.id, 'Typed words')
    await platform.speakings.flush(speaking.id)
    expect((await platform.speakings.list()).map((row) => row.referenceId)).toContain(callId)
    await platform.speakings.stop(speaking.id)
    expect((await platform.speakings.get(speaking.id)).status).toBe('stopped')
    await platform.speakings.remove(speaking.id)
    expect((await platform.speakings.list()).map((row) => row.id)).not.toContain(speaking.id)
  })

  it('a running transcription counts as started', async () => {
    const house = await aHouse()
    await house.withKey()
    await house.extension.provision()
    const { platform, leg, callId } = await place(house)
    leg.answer()
    await expect.poll(async () => (await platform.transcribes.ofCall(callId)).length).toBe(1)
    const [running] = await platform.transcribes.ofCall(callId)
    const started = await platform.transcribes.start({ callId, language: 'en-US', direction: 'both' })
    expect(started.id).toBe(running?.id)
  })

  it('more than a page of transcripts ends, without duplicates, oldest first', async () => {
    const house = await aHouse()
    await house.withKey()
    await house.extension.provision()
    const { platform, leg, callId } = await place(house)
    leg.answer()
    await expect.poll(async () => (await platform.transcribes.ofCall(callId)).length).toBe(1)
    await house.practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'Again', repeat: 130 })
    const [session] = await platform.transcribes.ofCall(callId)
    const lines = await platform.transcripts.list(session?.id ?? '')
    expect(lines.length).toBeGreaterThanOrEqual(100)
    expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length)
    const offsets = lines.map((line) => line.offsetMs ?? line.createdAt ?? 0)
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  })

  it('a cut event socket comes back by itself and reports the gap', async () => {
    const house = await aHouse()
    await house.withKey()
    await house.subscription.open()
    const gap = new Promise<[number, number]>((resolve) =>
      house.subscription.onGap((...times) => resolve(times)),
    )
    await house.practice.pull({ pull: 'eventSockets' })
    const [from, to] = await gap
    expect(to).toBeGreaterThanOrEqual(from)
  })

  it('a plain agent hears its own events and is told what it may not do', async () => {
    const house = await aHouse()
    await house.as('agent')
    await house.subscription.open()
    const refused = await house.account
      .platform()
      .speakings.list()
      .catch((thrown: unknown) => toAppError(thrown))
    expect(refused).toMatchObject({ code: 'account.notPermitted' })
    expect(await house.account.platform().calls.list()).toEqual([])
  })

  it('topics of another customer are refused for good, with the culprit', async () => {
    const house = await aHouse()
    await house.withKey()
    const topic = `customer_id:${house.practice.foreignCustomerId}:call`
    const foreign = createSubscription({
      scope,
      log: createQuietLog().log,
      set: () => {},
      platform: house.account.platform,
      topics: () => [[topic]],
    })
    await expect(foreign.open()).rejects.toMatchObject({ code: 'events.refused', detail: topic })
  })

  it('no secret reaches trace or log', async () => {
    const house = await aHouse()
    await house.withKey()
    await house.extension.provision()
    await house.subscription.open()
    await house.as('manager')
    const shown = JSON.stringify(house.rows) + house.lines.join('\n')
    expect(house.rows.length).toBeGreaterThan(4)
    for (const secret of [house.practice.address.accessKey, house.extension.login().password, 'eyJ']) {
      expect(shown).not.toContain(secret)
    }
  })
})
