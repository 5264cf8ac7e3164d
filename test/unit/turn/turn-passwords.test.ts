// Passwords of TURN servers: kept beside the settings, given to the phone only, forgotten with their row.
import { describe, expect, it } from 'vitest'
import type { IceServer, TurnLogin } from '../../../common/model/settings.ts'
import { createMemorySecrets } from '../../../main/host.ts'
import { createTurnPasswords } from '../../../main/turn/turn-passwords.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const stun: IceServer = { urls: 'stun:stun.example' }
const login: TurnLogin = { urls: 'turns:turn.example', username: 'mina' }
const other: TurnLogin = { urls: 'turns:turn.example', username: 'ada' }

function open(servers: IceServer[], secrets = createMemorySecrets()) {
  const shown: TurnLogin[][] = []
  const { log, lines } = createQuietLog()
  const list = { servers }
  const turn = createTurnPasswords({
    secrets,
    log,
    servers: () => list.servers,
    set: (kept) => void shown.push(kept),
  })
  return { turn, shown, lines, secrets, list }
}

describe('a TURN password', () => {
  it('reaches the phone, and the state only as a name', async () => {
    const { turn, shown, lines } = open([stun, login])
    await turn.keep(login, 'hush-7')
    expect(await turn.complete([stun, login])).toEqual([stun, { ...login, credential: 'hush-7' }])
    expect(shown.at(-1)).toEqual([login])
    expect(JSON.stringify([shown, lines])).not.toContain('hush-7')
  })

  it('is known again after a restart', async () => {
    const { turn, secrets } = open([login])
    await turn.keep(login, 'hush-7')
    const again = open([login], secrets)
    await expect.poll(() => again.shown.at(-1)).toEqual([login])
  })

  it('of one user is not given for another', async () => {
    const { turn } = open([login, other])
    await turn.keep(login, 'hush-7')
    expect(await turn.complete([other])).toEqual([])
  })

  it('that is empty forgets the one before', async () => {
    const { turn, shown, secrets } = open([login])
    await turn.keep(login, 'hush-7')
    await turn.keep(login, '')
    expect(shown.at(-1)).toEqual([])
    expect(await secrets.get('turn:turns:turn.example:mina')).toBeUndefined()
  })

  it('goes with its row, and no other does', async () => {
    const { turn, list, secrets, shown } = open([login, other])
    await turn.keep(login, 'hush-7')
    await turn.keep(other, 'hush-8')
    list.servers = [other]
    await turn.follow([login, other], [other])
    expect(await secrets.get('turn:turns:turn.example:mina')).toBeUndefined()
    expect(await secrets.get('turn:turns:turn.example:ada')).toBe('hush-8')
    expect(shown.at(-1)).toEqual([other])
  })
})

describe('a TURN server without a password or a user', () => {
  it('is left out: with it a browser would open no connection at all', async () => {
    const { turn, lines } = open([stun, login, { urls: 'turn:open.example' }])
    expect(await turn.complete([stun, login, { urls: 'turn:open.example' }])).toEqual([stun])
    expect(lines.join('\n')).toContain('no password for turns:turn.example')
  })

  it('is left out too when the key store fails', async () => {
    const { turn } = open([login], {
      ...createMemorySecrets(),
      get: () => Promise.reject(new Error('locked')),
    })
    expect(await turn.complete([stun, login])).toEqual([stun])
  })
})
