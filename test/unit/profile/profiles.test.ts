// Profiles: one of several servers in use, each with its settings and secrets; an old flat file is one of them.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError, type ErrorData } from '../../../common/kit/errors.ts'
import { createMemorySecrets } from '../../../main/host.ts'
import { createInTurn } from '../../../main/in-turn.ts'
import { createProfileSecrets } from '../../../main/profile/profile-secrets.ts'
import { createProfiles } from '../../../main/profile/profiles.ts'
import { createSettings } from '../../../main/settings/create-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

let dataDir: string
let notices: ErrorData[]
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'companion-profiles-'))
  notices = []
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const file = () => path.join(dataDir, 'settings.json')
const write = (fields: unknown) => writeFileSync(file(), JSON.stringify(fields))
const read = () => JSON.parse(readFileSync(file(), 'utf8'))
const open = () =>
  createSettings({ dataDir, log: createQuietLog().log, notice: (error) => void notices.push(error) })
const names = (settings = open()) => settings.profiles().list.map(({ name }) => name)

describe('the settings of several servers', () => {
  it('change with the profile, and those of this machine stay', async () => {
    const settings = open()
    await settings.change({ theme: 'dark', extension: 'desk1', language: 'de-DE' })
    const id = await settings.addProfile('Sandbox', { environment: 'sandbox' })
    await settings.enterProfile(id)
    expect(settings.current()).toMatchObject({
      theme: 'dark',
      environment: 'sandbox',
      extension: '',
      language: 'en-US',
    })
    await settings.change({ extension: 'desk2', theme: 'light' })
    await settings.enterProfile('default')
    expect(settings.current()).toMatchObject({ environment: 'practice', extension: 'desk1', theme: 'light' })
    const again = open()
    expect(again.current()).toEqual(settings.current())
    expect(again.settingsOf(id).extension).toBe('desk2')
  })

  it('of an old flat file are one profile, and unknown keys stay where they are', async () => {
    const pins = [{ host: 'api.pbx.example', sha256: `${'A'.repeat(43)}=` }]
    const old = { environment: 'custom', apiUrl: 'https://api.pbx.example', extension: 'desk1', pins }
    write({ ...old, theme: 'dark', hologram: { depth: 3 } })
    const settings = open()
    expect(settings.current()).toMatchObject({ ...old, theme: 'dark' })
    expect(settings.profiles()).toEqual({
      now: 'default',
      list: [{ id: 'default', name: 'api.pbx.example', environment: 'custom', apiUrl: old.apiUrl }],
    })
    await settings.change({ theme: 'light' })
    const kept = read()
    expect(kept).toMatchObject({ theme: 'light', hologram: { depth: 3 }, profile: 'default' })
    expect(kept.profiles).toMatchObject([{ id: 'default', ...old }])
    expect(kept.apiUrl).toBeUndefined()
    expect(notices).toEqual([])
  })

  it('keep the keys of a newer version in each profile', async () => {
    write({
      profile: 'a',
      profiles: [
        { id: 'a', aura: 7 },
        { id: 'b', aura: 8 },
      ],
      halo: 9,
    })
    await open().change({ language: 'fr' })
    expect(read()).toMatchObject({ halo: 9, profiles: [{ id: 'a', aura: 7, language: 'fr' }, { aura: 8 }] })
  })

  it('lose nothing of the others when one is broken, and the file is set aside', () => {
    const good = { id: 'b', name: 'Office', environment: 'sandbox', language: 'de-DE' }
    const half = { id: 'c', name: 'Half', environment: 'moon', language: 'fr' }
    write({ theme: 'dark', profile: 'b', profiles: [null, { name: 'no id' }, good, half, { ...good }] })
    const settings = open()
    expect(names(settings)).toEqual(['Office', 'Half'])
    expect(settings.current()).toMatchObject({ theme: 'dark', environment: 'sandbox', language: 'de-DE' })
    expect(settings.settingsOf('c')).toMatchObject({ environment: 'practice', language: 'fr' })
    expect(notices.map(({ code }) => code)).toEqual(['app.settingsBroken'])
    expect(readdirSync(dataDir).some((name) => name.includes('.broken-'))).toBe(true)
  })

  it('are those of the first profile when the one in use is gone from the file', () => {
    write({ profile: 'gone', profiles: [{ id: 'a', language: 'fr' }] })
    expect(open().current().language).toBe('fr')
    write({ profiles: [] })
    expect(open().profiles().list).toHaveLength(1)
  })
})

describe('a profile', () => {
  it('is called after its server until somebody names it, and no two have one name', async () => {
    const settings = open()
    expect(names(settings)).toEqual(['Practice'])
    await settings.change({ environment: 'production' })
    expect(names(settings)).toEqual(['Production'])
    await settings.addProfile('Office', { environment: 'custom' })
    await expect(settings.addProfile('office', {})).rejects.toMatchObject({ code: 'app.inputInvalid' })
    await settings.renameProfile('default', ' Home ')
    expect(names()).toEqual(['Home', 'Office'])
    await expect(settings.renameProfile('default', ' ')).rejects.toMatchObject({ code: 'app.inputInvalid' })
    await expect(settings.renameProfile('nobody', 'X')).rejects.toMatchObject({ code: 'profile.unknown' })
  })

  it('can be removed as long as it is not the last one', async () => {
    const settings = open()
    const id = await settings.addProfile('Office', { environment: 'sandbox' })
    await settings.enterProfile(id)
    await settings.removeProfile(id)
    expect(settings.profiles()).toMatchObject({ now: 'default' })
    await expect(settings.removeProfile('default')).rejects.toMatchObject({ code: 'profile.last' })
  })
})

describe('the secrets of a profile', () => {
  const openSecrets = () => {
    const store = createMemorySecrets()
    let now = 'default'
    const secrets = createProfileSecrets({ secrets: store, now: () => now, log: createQuietLog().log })
    const use = (id: string) => {
      now = id
    }
    return { store, secrets, use }
  }

  it('are found by it alone; entries from before there were profiles belong to the first one', async () => {
    const { store, secrets, use } = openSecrets()
    await store.set('account:https://x', 'old')
    expect(await secrets.get('account:https://x')).toBe('old')
    use('b')
    expect(await secrets.get('account:https://x')).toBeUndefined()
    await secrets.set('account:https://x', 'of b')
    use('default')
    expect(await secrets.get('account:https://x')).toBe('old')
  })

  it('are all forgotten with it, those of others are not, and the list of them is no secret', async () => {
    const { store, secrets, use } = openSecrets()
    await store.set('turn:old', 'hush-old')
    use('b')
    // Two at once: neither may be lost from the list.
    await Promise.all([secrets.set('one', 'hush-1'), secrets.set('two', 'hush-2'), secrets.set('three', 'x')])
    await secrets.delete('three')
    expect(await store.get('profile:b')).not.toContain('hush')
    use('default')
    await secrets.set('one', 'mine')
    await secrets.forgetAll('b', [])
    use('b')
    expect([await secrets.get('one'), await secrets.get('two')]).toEqual([undefined, undefined])
    expect(await store.get('profile:b')).toBeUndefined()
    expect(await store.get('one')).toBe('mine')
    await secrets.forgetAll('default', ['turn:old'])
    expect([await store.get('one'), await store.get('turn:old')]).toEqual([undefined, undefined])
  })
})

describe('another profile', () => {
  const openProfiles = (more: { inCall?: boolean; leave?: () => Promise<void> } = {}) => {
    const settings = open()
    const done: string[] = []
    const profiles = createProfiles({
      settings,
      inTurn: createInTurn(),
      dropSignIn() {},
      secrets: { forgetAll: async (id, names) => void done.push(`forget ${id} ${names.join()}`) },
      namesOf: ({ environment }) => [environment],
      checkNoCall() {
        if (more.inCall) throw new AppError('profile.inCall')
      },
      leave: async () => {
        done.push(`leave ${settings.current().environment}`)
        await more.leave?.()
      },
      entered: async () => void done.push(`enter ${settings.current().environment}`),
    })
    return { settings, done, profiles }
  }

  it('leaves the server before and takes up the new one', async () => {
    const { profiles, done, settings } = openProfiles()
    await profiles.add('Office', 'sandbox')
    expect(done).toEqual(['leave practice', 'enter sandbox'])
    await profiles.use('default')
    await profiles.use('default')
    expect(done.slice(2)).toEqual(['leave sandbox', 'enter practice'])
    await expect(profiles.use('nobody')).rejects.toMatchObject({ code: 'profile.unknown' })
    expect(settings.profiles().now).toBe('default')
  })

  it('is refused while a call is up, and then nothing has changed', async () => {
    const { profiles, done, settings } = openProfiles({ inCall: true })
    const id = await settings.addProfile('Office', { environment: 'sandbox' })
    const before = settings.profiles()
    const inCall = { code: 'profile.inCall' }
    await expect(profiles.use(id)).rejects.toMatchObject(inCall)
    await expect(profiles.add('Other', 'sandbox')).rejects.toMatchObject(inCall)
    await expect(profiles.remove('default')).rejects.toMatchObject(inCall)
    expect(done).toEqual([])
    expect(settings.profiles()).toEqual(before)
  })

  it('may be removed in a call when it is not the one in use; its secrets go with it', async () => {
    const { profiles, done, settings } = openProfiles({ inCall: true })
    const id = await settings.addProfile('Office', { environment: 'sandbox' })
    await profiles.remove(id)
    expect(done).toEqual([`forget ${id} sandbox`])
    await expect(profiles.remove('default')).rejects.toMatchObject({ code: 'profile.last' })
  })

  it('waits for the change before it: two clicks end with the second', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const { profiles, settings, done } = openProfiles({ leave: () => gate })
    const id = await settings.addProfile('Office', { environment: 'sandbox' })
    const first = profiles.use(id)
    const second = profiles.use('default')
    open()
    await Promise.all([first, second])
    expect(done).toEqual(['leave practice', 'enter sandbox', 'leave sandbox', 'enter practice'])
  })
})
