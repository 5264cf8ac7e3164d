// One extension a machine: found or created, never twice, whatever the platform answers.
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { SignedIn } from '../../../common/model/account.ts'
import type { Extension } from '../../../common/model/extension.ts'
import { createExtension } from '../../../main/extension/create-extension.ts'
import type { ExtensionDeps } from '../../../main/extension/extension.ts'
import { createMemorySecrets } from '../../../main/host.ts'
import type { WireExtension } from '../../../main/platform/platform.ts'
import { createFakePlatform, fakeCustomerId } from '../../support/fake-platform.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const admin: SignedIn = {
  customerId: fakeCustomerId,
  role: 'admin',
  credential: 'accessKey',
  apiUrl: 'https://api.fake.test',
  provenAt: 0,
  kept: 'memory',
}
const desk: WireExtension = {
  id: 'e1',
  extension: 'desk1',
  name: 'desk1',
  detail: 'Desk',
  password: 'old-secret',
}
const timeout = new AppError('network.timeout')

function aHouse(more: Partial<ExtensionDeps> & { wanted?: () => string } = {}) {
  const platform = createFakePlatform()
  const states: Extension[] = []
  const secrets = createMemorySecrets()
  const { log, lines } = createQuietLog()
  let name = 'desk1'
  const extension = createExtension({
    log,
    secrets,
    set: (state) => void states.push(state),
    platform: () => platform,
    signedIn: () => admin,
    domainOf: (customerId) => `${customerId}.registrar.fake.test`,
    wanted: () => name,
    remember: (made) => {
      name = made
    },
    sleep: async () => {},
    now: () => 42,
    ...more,
  })
  const askedFor = (what: string) => platform.asked.filter((each) => each.name === what).length
  return {
    extension,
    platform,
    states,
    secrets,
    lines,
    askedFor,
    forgetName: () => (name = ''),
    name: () => name,
  }
}

describe('provisioning', () => {
  it('creates the extension with a strong password that shows nowhere', async () => {
    const { extension, platform, states, lines } = aHouse()
    const ready = await extension.provision()
    expect(ready).toMatchObject({ outcome: 'created', extension: 'desk1', provenAt: 42 })
    expect(ready.domain).toBe(`${fakeCustomerId}.registrar.fake.test`)
    const { password } = extension.login()
    expect(password).toMatch(/^[\w-]{32}$/)
    expect(platform.rows.extensions[0]).toMatchObject({ extension: 'desk1', name: 'desk1', password })
    expect(JSON.stringify(states) + lines.join()).not.toContain(password)
  })

  it('finds it the second time and takes its password from the platform', async () => {
    const { extension, platform, askedFor } = aHouse()
    platform.rows.extensions.push({ ...desk })
    expect(await extension.provision()).toMatchObject({ outcome: 'found', id: 'e1' })
    expect(await extension.provision()).toMatchObject({ outcome: 'found', id: 'e1' })
    expect(extension.login().password).toBe('old-secret')
    expect(askedFor('extensions.create')).toBe(0)
    expect(askedFor('extensions.update')).toBe(0)
  })

  it('makes name and extension equal, and works when it may not', async () => {
    const { extension, platform } = aHouse()
    platform.rows.extensions.push({ ...desk, name: 'Extension 1000' })
    platform.fail('extensions.update', new AppError('platform.broken', { status: 500 }))
    await extension.provision()
    expect(platform.rows.extensions[0]?.name).toBe('Extension 1000')
    await extension.provision()
    expect(platform.rows.extensions[0]).toMatchObject({
      name: 'desk1',
      password: 'old-secret',
      detail: 'Desk',
    })
  })

  it('makes up a name once and remembers it', async () => {
    const house = aHouse()
    house.forgetName()
    const first = await house.extension.provision()
    expect(first.extension).toMatch(/^companion-[a-z2-9]{6}$/)
    expect(house.name()).toBe(first.extension)
    expect((await house.extension.provision()).extension).toBe(first.extension)
  })

  it('whose password was being kept when somebody left is not that of the next', async () => {
    const secrets = createMemorySecrets()
    let left = () => {}
    const house = aHouse({
      secrets: {
        ...secrets,
        set: async (name, secret) => {
          left()
          await secrets.set(name, secret)
        },
      },
    })
    left = house.extension.leave
    await expect(house.extension.provision()).rejects.toMatchObject({ code: 'app.stopped' })
    expect(house.states.at(-1)).toEqual({ status: 'none' })
    expect(() => house.extension.login()).toThrow()
  })

  it('runs once for two callers at a time', async () => {
    const { extension, askedFor } = aHouse()
    const [first, second] = await Promise.all([extension.provision(), extension.provision()])
    expect(first).toEqual(second)
    expect(askedFor('extensions.create')).toBe(1)
  })

  it('adopts its own extension after a create whose answer was lost', async () => {
    const { extension, platform, askedFor } = aHouse()
    platform.fail('extensions.create', timeout, { after: true })
    expect(await extension.provision()).toMatchObject({ outcome: 'created' })
    expect(askedFor('extensions.create')).toBe(1)
    expect(platform.rows.extensions).toHaveLength(1)
  })

  it('looks before it creates again after a create that came to nothing', async () => {
    const { extension, platform, askedFor } = aHouse()
    platform.fail('extensions.create', timeout)
    expect(await extension.provision()).toMatchObject({ outcome: 'created' })
    const names = platform.asked.map((each) => each.name)
    const between = names.slice(
      names.indexOf('extensions.create') + 1,
      names.lastIndexOf('extensions.create'),
    )
    expect(between).toContain('extensions.list')
    expect(askedFor('extensions.create')).toBe(2)
  })

  it('adopts the extension that somebody else created in between', async () => {
    const { extension, platform } = aHouse()
    let looks = 0
    platform.answer('extensions.list', () => (looks++ === 0 ? [] : [{ ...desk }]))
    platform.fail('extensions.create', new AppError('platform.broken', { status: 500 }))
    expect(await extension.provision()).toMatchObject({ outcome: 'found', id: 'e1' })
  })

  it('says that the plan is full when the platform answers 500 and the list does not show it', async () => {
    const { extension, platform, states } = aHouse()
    platform.fail('extensions.create', new AppError('platform.broken', { status: 500, requestId: 'r-1' }))
    await expect(extension.provision()).rejects.toMatchObject({ code: 'extension.limit', requestId: 'r-1' })
    expect(states.at(-1)).toMatchObject({ status: 'failed', error: { code: 'extension.limit' } })
    expect(() => extension.login()).toThrow('no extension')
  })

  it('gives an agent the extension assigned to it, and says so when there is none', async () => {
    const { extension, platform, askedFor } = aHouse({
      signedIn: () => ({ ...admin, role: 'agent' }),
      wanted: () => '',
    })
    await expect(extension.provision()).rejects.toMatchObject({ code: 'account.notPermitted' })
    platform.rows.extensions.push({ ...desk })
    expect(await extension.provision()).toMatchObject({ outcome: 'found', extension: 'desk1' })
    expect(askedFor('extensions.create')).toBe(0)
  })

  it('of somebody who signs out meanwhile does not come back', async () => {
    const { extension, platform, states } = aHouse()
    platform.rows.extensions.push({ ...desk })
    const running = extension.provision()
    extension.leave()
    await expect(running).rejects.toMatchObject({ code: 'app.stopped' })
    expect(states.at(-1)).toEqual({ status: 'none' })
    expect(() => extension.login()).toThrow('no extension')
  })
})

describe('the password', () => {
  it('is renewed when the platform hides it and nobody kept it', async () => {
    const { extension, platform } = aHouse()
    platform.rows.extensions.push({ ...desk, password: '' })
    expect(await extension.provision()).toMatchObject({ outcome: 'rotated' })
    expect(platform.rows.extensions[0]?.password).toBe(extension.login().password)
  })

  it('is the kept one when the platform hides it', async () => {
    const { extension, platform, secrets } = aHouse()
    platform.rows.extensions.push({ ...desk, password: '' })
    await secrets.set('extension:https://api.fake.test:e1', 'kept-secret')
    expect(await extension.provision()).toMatchObject({ outcome: 'found' })
    expect(extension.login().password).toBe('kept-secret')
  })

  it('is another one after a rotation', async () => {
    const { extension, platform } = aHouse()
    await extension.provision()
    const before = extension.login().password
    expect(await extension.rotate()).toMatchObject({ outcome: 'rotated' })
    expect(extension.login().password).not.toBe(before)
    expect(platform.rows.extensions[0]?.password).toBe(extension.login().password)
  })
})

describe('removing', () => {
  it('deletes the extension and its secret, also when it is gone already', async () => {
    const { extension, platform, states, secrets } = aHouse()
    const { id } = await extension.provision()
    await extension.remove()
    expect(platform.rows.extensions).toEqual([])
    expect(await secrets.get(`extension:https://api.fake.test:${id}`)).toBeUndefined()
    expect(states.at(-1)).toEqual({ status: 'none' })
    await expect(extension.remove()).resolves.toBeUndefined()
  })
})
