// One companion a profile.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import { openInstanceLock } from '../../../main/shells/instance-lock.ts'

let dir = ''
let scopes: Scope[] = []
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'lock-'))
})
afterEach(async () => {
  await Promise.all(scopes.map((scope) => scope.end()))
  scopes = []
  rmSync(dir, { recursive: true })
})
const open = (folder = dir, onFocus: (link?: string) => void = () => {}, link?: string) => {
  const scope = createScope('lock')
  scopes.push(scope)
  return openInstanceLock(scope, folder, onFocus, link)
}

describe('the lock of a profile', () => {
  it('lets the first in and asks it to show itself when a second comes', async () => {
    let shown = 0
    expect(await open(dir, () => shown++)).toBe('first')
    expect(await open()).toBe('second')
    await expect.poll(() => shown).toBe(1)
  })

  it('hands the link of the second start over, whatever is in it, and a stranger at the door gets nowhere', async () => {
    const links: unknown[] = []
    await open(dir, (link) => links.push(link))
    const link = 'sip:a\nfocus x@pbx.example?'
    await open(dir, () => {}, link)
    await expect.poll(() => links).toEqual([link])
    const socket = connect(path.join(dir, 'instance.sock'))
    socket.end('hello\nfocus tel:1\n')
    await once(socket, 'close')
    expect(links).toEqual([link])
  })

  it('is free again when the first has ended', async () => {
    await open()
    await scopes[0]?.end()
    expect(await open()).toBe('first')
  })

  it('is one a profile', async () => {
    const other = mkdtempSync(path.join(tmpdir(), 'lock-'))
    expect([await open(), await open(other)]).toEqual(['first', 'first'])
    rmSync(other, { recursive: true })
  })

  it('has one winner when several start at once', async () => {
    const answers = await Promise.all([open(), open(), open(), open()])
    expect(answers.filter((answer) => answer === 'first')).toHaveLength(1)
  })

  it('works in a folder too deep for a socket', async () => {
    const deep = path.join(dir, 'a'.repeat(90), 'b'.repeat(60))
    mkdirSync(deep, { recursive: true })
    let shown = 0
    expect(await open(deep, () => shown++)).toBe('first')
    expect(await open(deep)).toBe('second')
    await expect.poll(() => shown).toBe(1)
  })
})
