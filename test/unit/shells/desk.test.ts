// What stands outside the window of Electron: closing during a call, the small call window, start at login.
import { describe, expect, it } from 'vitest'
import type { DeskFace } from '../../../common/model/ringing.ts'
import { keepCallWindow } from '../../../main/shells/electron/call-window-keeper.ts'
import { chooseClosing } from '../../../main/shells/electron/closing-choice.ts'
import { followLogin } from '../../../main/shells/electron/login.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()

describe('closing the window', () => {
  it.each([
    ['stay', true, true, 'hide'],
    ['stay', true, false, 'hide'],
    ['stay', false, true, 'ask'],
    ['quit', true, true, 'ask'],
    ['quit', false, true, 'ask'],
    ['stay', false, false, 'quit'],
    ['quit', true, false, 'quit'],
  ] as const)('set to %s, tray %s, in a call %s: %s', (whenClosed, hasTray, inCall, choice) => {
    expect(chooseClosing({ whenClosed, inCall }, hasTray)).toBe(choice)
  })
})

describe('the small window of a call', () => {
  const call = (sessionId: string) => ({ sessionId, name: 'Mina', address: '', since: 1 })
  function setUp() {
    const made: Array<{ pageId: number; gone(): void; destroyed: number }> = []
    const kept = keepCallWindow((gone) => {
      const one = { pageId: made.length + 1, gone, destroyed: 0 }
      made.push(one)
      return {
        pageId: one.pageId,
        destroy() {
          one.destroyed++
          gone()
        },
      }
    })
    return { made, kept }
  }

  it('closed by the window manager is asked nothing more, and does not come back for its call', () => {
    const { made, kept } = setUp()
    kept.show(call('s1'))
    expect(kept.isFrom(1)).toBe(true)
    made[0]?.gone()
    expect(kept.isFrom(1)).toBe(false)
    kept.show(call('s1'))
    kept.show(undefined)
    kept.show(call('s1'))
    expect(made).toHaveLength(1)
    expect(made[0]?.destroyed).toBe(0)
    kept.show(call('s2'))
    expect(kept.isFrom(2)).toBe(true)
  })

  it('closed by the companion comes back while its call still rings', () => {
    const { made, kept } = setUp()
    kept.show(call('s1'))
    kept.show(undefined)
    expect(made[0]?.destroyed).toBe(1)
    kept.show(call('s1'))
    expect(kept.isFrom(2)).toBe(true)
  })
})

describe('start at login on Windows', () => {
  /** As Windows does: an entry is found again only by the same arguments. */
  function setUp(dataDir: string, startAtLogin: boolean, entry?: readonly string[]) {
    const changes: object[] = []
    let stored = entry
    let tell = (_face: DeskFace) => {}
    const face = { startAtLogin } as DeskFace
    const scope = newScope()
    followLogin(scope, {
      desk: {
        face: () => face,
        watch(listener) {
          tell = listener
          return () => {}
        },
        change: (patch) => changes.push(patch),
      },
      dataDir,
      log: createQuietLog().log,
      platform: 'win32',
      app: {
        isPackaged: true,
        getAppPath: () => '',
        setLoginItemSettings: ({ openAtLogin, args }) => {
          stored = openAtLogin ? args : undefined
        },
        getLoginItemSettings: (asked) =>
          ({
            openAtLogin: stored !== undefined && stored.join(' ') === (asked?.args ?? []).join(' '),
          }) as Electron.LoginItemSettings,
      },
    })
    return { changes, stored: () => stored, turn: (on: boolean) => tell({ ...face, startAtLogin: on }) }
  }

  it('stays on over the next start, also with a space in the folder', () => {
    const first = setUp('C:\\Users\\Mina K\\', false)
    first.turn(true)
    expect(first.stored()).toEqual(['--hidden', '"--profile-dir=C:\\Users\\Mina K\\\\"'])
    const second = setUp('C:\\Users\\Mina K\\', true, first.stored())
    expect(second.changes).toEqual([])
  })

  it('that was removed in the system is off', () => {
    expect(setUp('C:\\data', true).changes).toEqual([{ startAtLogin: false }])
  })
})
