// The Chromium shell: the common promises, and what only a browser of its own process can show.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAlive } from '../../support/is-alive.ts'
import { until } from '../../support/until.ts'
import { describeShell } from './promises.ts'
import { dropProfile, makeProfile, type ShellUnderTest, startShell } from './shell-under-test.ts'

describeShell('chromium')

describe('the chromium shell alone', () => {
  let profileDir = ''
  let shell: ShellUnderTest | undefined
  beforeEach(() => {
    profileDir = makeProfile()
  })
  afterEach(async () => {
    shell?.process.kill('SIGKILL')
    await shell?.exited()
    dropProfile(profileDir)
  })

  it('starts another browser when this one is killed, and the page is back', async () => {
    shell = startShell('chromium', { profileDir })
    const { browser } = await shell.until('open')
    await shell.until('attached')
    process.kill(Number(browser), 'SIGKILL')
    await shell.until('detached')
    await shell.until('attached', 2)
    const page = await until('the new page', () => shell?.page().catch(() => undefined))
    expect(await page.evaluate(`ask('echo', 'alive')`)).toBe('alive')
  })

  it('starts over the lock files of a killed run', async () => {
    const first = startShell('chromium', { profileDir })
    const { browser } = await first.until('open')
    process.kill(Number(browser), 'SIGSTOP')
    first.process.kill('SIGKILL')
    await first.exited()
    process.kill(Number(browser), 'SIGKILL')
    await until('the browser to be gone', () => !isAlive(Number(browser)))
    shell = startShell('chromium', { profileDir })
    await shell.until('attached')
  })
})
