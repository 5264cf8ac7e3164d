// Signing out, another server and another profile: one after the other, each of the profile it was asked for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChangeSettings } from '../../../main/change-settings.ts'
import { createInTurn } from '../../../main/in-turn.ts'
import { createProfiles } from '../../../main/profile/profiles.ts'
import { createSettings } from '../../../main/settings/create-settings.ts'
import { createSignOut } from '../../../main/sign-out.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'companion-turn-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

/** Two profiles; leaving one takes as long as the test says. */
async function aHouse() {
  const { log } = createQuietLog()
  const settings = createSettings({ dataDir, log })
  const done: string[] = []
  let leaveOn = () => {}
  const slowly = new Promise<void>((resolve) => {
    leaveOn = resolve
  })
  const note = (what: string) => void done.push(`${what} ${settings.profiles().now}`)
  const leaveServer = async () => {
    note('leave')
    await slowly
  }
  const inTurn = createInTurn()
  const dropSignIn = () => note('drop')
  const profiles = createProfiles({
    settings,
    inTurn,
    secrets: { forgetAll: async () => {} },
    namesOf: () => [],
    checkNoCall() {},
    leave: leaveServer,
    dropSignIn,
    entered: async () => note('enter'),
  })
  const changeSettings = createChangeSettings({
    settings,
    inTurn,
    checkNoCall() {},
    turn: { keep: async () => {}, follow: async () => {} },
    leaveServer,
    dropSignIn,
    leaveExtension: async () => {},
    renewPhone: async () => {},
    renewTrust: async () => {},
  })
  const signOut = createSignOut({
    inTurn,
    profile: () => settings.profiles().now,
    quickstart: { stop: async () => slowly },
    extension: { forget: async () => note('forget password') },
    account: { owner: () => undefined, signOut: async () => note('forget sign-in') },
    webhook: { forget: async () => note('forget webhook') },
    leave: async () => {},
    forgetRecords: async () => note('forget records'),
    log,
  })
  const other = await settings.addProfile('Other', { environment: 'production' })
  return { settings, done, profiles, changeSettings, signOut, other, leaveOn: () => leaveOn() }
}
const stopped = { code: 'app.stopped' }

describe('one after the other', () => {
  it('a sign-out forgets the sign-in of its own profile, though another one is chosen while it goes on', async () => {
    const { signOut, profiles, other, leaveOn, done } = await aHouse()
    const leaving = [signOut(), profiles.use(other)]
    leaveOn()
    await Promise.all(leaving)
    expect(done).toEqual([
      'forget password default',
      'forget webhook default',
      'forget sign-in default',
      'forget records default',
      'leave default',
      `drop ${other}`,
      `enter ${other}`,
    ])
  })

  it('what was wished for a profile that is no longer in use does not befall the next one', async () => {
    const { signOut, changeSettings, profiles, settings, other, leaveOn, done } = await aHouse()
    const entering = profiles.use(other)
    const late = [signOut(), changeSettings.change({ environment: 'sandbox' })]
    const decided = Promise.allSettled(late)
    leaveOn()
    await entering
    for (const each of await decided) expect(each).toMatchObject({ status: 'rejected', reason: stopped })
    expect(settings.current().environment).toBe('production')
    expect(settings.settingsOf('default').environment).toBe('practice')
    expect(done.join()).not.toContain('forget')
  })

  it('another server is that of the profile it was asked for', async () => {
    const { changeSettings, profiles, settings, other, leaveOn, done } = await aHouse()
    const changing = changeSettings.change({ environment: 'sandbox' })
    const entering = profiles.use(other)
    leaveOn()
    await Promise.all([changing, entering])
    expect(settings.settingsOf('default').environment).toBe('sandbox')
    expect(settings.current().environment).toBe('production')
    // A sign-in that began in between is on the server that was left.
    expect(done.slice(0, 2)).toEqual(['leave default', 'drop default'])
  })
})
