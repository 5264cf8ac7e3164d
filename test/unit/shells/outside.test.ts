// What Electron takes of the system as the person wishes: links, keys, and not to sleep in a call.
import { describe, expect, it } from 'vitest'
import type { DeskFace } from '../../../common/model/ringing.ts'
import { type GlobalAction, GlobalKeys, type Outside } from '../../../common/model/wish.ts'
import { followGlobalKeys } from '../../../main/shells/electron/global-keys.ts'
import { keepAwakeInCalls } from '../../../main/shells/electron/keep-awake.ts'
import { followLinks } from '../../../main/shells/electron/links.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()

function setUp(first: Partial<DeskFace> = {}) {
  let face = { inCall: false, openLinks: false, globalKeys: GlobalKeys.parse({}), ...first } as DeskFace
  const listeners: Array<(face: DeskFace) => void> = []
  const told: Partial<Outside>[] = []
  const ran: GlobalAction[] = []
  const desk = {
    face: () => face,
    watch(listener: (face: DeskFace) => void) {
      listeners.push(listener)
      return () => {}
    },
    outside: (patch: Partial<Outside>) => void told.push(patch),
    run: (action: GlobalAction) => void ran.push(action),
  }
  const change = (patch: Partial<DeskFace>) => {
    face = { ...face, ...patch }
    for (const listener of listeners) listener(face)
  }
  return { desk, change, told, ran }
}

describe('keys that work everywhere', () => {
  function withKeys(taken: readonly string[] = [], first?: Partial<DeskFace>) {
    const held = new Map<string, () => void>()
    const shortcuts = {
      register(key: string, run: () => void) {
        if (key === 'bad') throw new TypeError('conversion failure')
        if (taken.includes(key) || held.has(key)) return false
        held.set(key, run)
        return true
      },
      unregister: (key: string) => void held.delete(key),
    }
    const all = setUp(first)
    const scope = newScope('keys')
    followGlobalKeys(scope, { desk: all.desk, shortcuts })
    return { ...all, held, scope }
  }
  const on = (more: Partial<GlobalKeys> = {}) => ({
    globalKeys: { ...GlobalKeys.parse({}), on: true, ...more },
  })

  it('are nobody’s until somebody wants them, and run the action of the window', async () => {
    const { held, change, ran, told, scope } = withKeys()
    expect([...held.keys()]).toEqual([])
    change(on())
    held.get('CommandOrControl+Alt+Shift+M')?.()
    expect(ran).toEqual(['call.mute'])
    expect(told.at(-1)).toEqual({ keys: 'on', taken: [] })
    await scope.end()
    expect(held.size).toBe(0)
  })

  it('that another program has are named, and the others work', () => {
    const { held, told } = withKeys(['CommandOrControl+Alt+Shift+A'], on())
    expect(told.at(-1)).toEqual({ keys: 'on', taken: ['call.answer'] })
    expect(held.size).toBe(3)
  })

  it('are given back when they change and when they are turned off', () => {
    const { held, change, told } = withKeys([], on())
    change(on({ 'call.mute': 'Super+F9' }))
    expect([...held.keys()]).toContain('Super+F9')
    expect([...held.keys()]).not.toContain('CommandOrControl+Alt+Shift+M')
    change({ globalKeys: GlobalKeys.parse({}) })
    expect(held.size).toBe(0)
    expect(told.at(-1)).toEqual({ keys: 'off', taken: [] })
  })

  it.each(['A', 'Shift+A', 'Ctrl+', 'Ctrl+Alt', 'Ctrl+ä', ''])('are never %j', (key) => {
    expect(GlobalKeys.safeParse({ 'call.mute': key }).success).toBe(false)
  })
})

describe('a call', () => {
  it('keeps the machine awake as long as it lasts, and only that long', async () => {
    const held = new Set<number>()
    const blocker = {
      start: (type: string) => {
        expect(type).toBe('prevent-app-suspension')
        held.add(held.size + 1)
        return held.size
      },
      stop: (id: number) => held.delete(id),
    }
    const { desk, change } = setUp()
    const scope = newScope('awake')
    keepAwakeInCalls(scope, { desk, blocker })
    expect(held.size).toBe(0)
    change({ inCall: true })
    change({ inCall: true, missed: 1 })
    expect(held.size).toBe(1)
    change({ inCall: false })
    expect(held.size).toBe(0)
    change({ inCall: true })
    await scope.end()
    expect(held.size).toBe(0)
  })
})

describe('links of other programs', () => {
  function withApp(works: boolean, first?: Partial<DeskFace>) {
    const calls: string[] = []
    const all = setUp(first)
    const verb = (name: string) => (scheme: string, _path?: string, args?: string[]) => {
      calls.push(`${name} ${scheme} ${args?.join(' ')}`)
      return works
    }
    const app = {
      setAsDefaultProtocolClient: verb('take'),
      removeAsDefaultProtocolClient: verb('leave'),
      isPackaged: true,
      getAppPath: () => '/app',
    }
    followLinks(newScope('links'), { desk: all.desk, dataDir: '/data', log: createQuietLog().log, app })
    return { ...all, calls }
  }

  it('are taken when the person wants it, with nothing behind them that could be a switch, and given back', () => {
    const { calls, change, told } = withApp(true)
    expect(calls).toEqual([])
    change({ openLinks: true })
    expect(calls).toContain('take tel --profile-dir=/data --')
    expect(told.at(-1)).toEqual({ links: 'on' })
    change({ openLinks: false })
    expect(calls.at(-1)).toBe('leave callto --profile-dir=/data --')
    expect(told.at(-1)).toEqual({ links: 'off' })
  })

  it('that the system does not send here are told', () => {
    const { told } = withApp(false, { openLinks: true })
    expect(told.at(-1)).toEqual({ links: 'refused' })
  })
})
