// What shells show outside the window: tray icon, its words, whether there is a tray, autostart, notifications of the page.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import type { DeskFace, MissedCall } from '../../../common/model/ringing.ts'
import { GlobalKeys } from '../../../common/model/wish.ts'
import {
  readAutostart,
  toAutostartFile,
  toDesktopEntry,
  writeAutostart,
} from '../../../main/shells/autostart.ts'
import { openNotices } from '../../../main/shells/chromium/notices.ts'
import { drawTrayIcon, toTrayText } from '../../../main/shells/electron/tray-icon.ts'
import { isTrayShown } from '../../../main/shells/tray-host.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
const states = ['registered', 'trying', 'offline', 'refused'] as const

describe('the tray icon', () => {
  const size = 32
  const blank = Buffer.alloc(size * size * 4, 120)
  const draw = (registration: DeskFace['registration'], missed = 0, doNotDisturb = false) =>
    drawTrayIcon(blank, size, { registration, missed, doNotDisturb })
  /** Colours apart: whoever cannot tell them still sees a disc, a ring or a bar. */
  const shape = (icon: Buffer) =>
    Array.from({ length: size * size }, (_, i) =>
      icon.subarray(i * 4, i * 4 + 3).equals(Buffer.from([255, 255, 255])),
    )
      .map(Number)
      .join('')

  it('looks different in each of the four states, with missed calls and with do not disturb', () => {
    const all = [...states.map((state) => draw(state)), draw('registered', 1), draw('registered', 0, true)]
    expect(new Set(all.map((icon) => icon.toString('hex'))).size).toBe(6)
    expect(new Set([...all.slice(0, 2), ...all.slice(3)].map(shape)).size).toBe(5)
    expect(blank.every((byte) => byte === 120)).toBe(true)
  })

  it('says the same in words', () => {
    const words = (registration: DeskFace['registration'], missed: number, doNotDisturb: boolean) =>
      toTrayText({ registration, missed, doNotDisturb })
    expect(words('registered', 0, false)).toBe('VoIPBIN Companion: reachable')
    expect(words('trying', 1, false)).toBe('VoIPBIN Companion: connecting, 1 missed call')
    expect(words('registered', 3, true)).toBe('VoIPBIN Companion: do not disturb (reachable), 3 missed calls')
  })
})

describe('whether a desktop shows tray icons', () => {
  const answers = (by: Record<string, string>) => async (file: string) => by[file] ?? ''

  it.each([
    ['gdbus', '(true,)\n'],
    ['dbus-send', 'method return time=1.2 sender=org.freedesktop.DBus\n   boolean true\n'],
    ['busctl', 'b true\n'],
  ])('is asked with %s where only that is there', async (program, answer) => {
    expect(await isTrayShown('linux', answers({ [program]: answer }))).toBe(true)
    expect(await isTrayShown('linux', answers({ [program]: answer.replace('true', 'false') }))).toBe(false)
  })

  it('is no where nobody can say it on Linux, and yes elsewhere', async () => {
    expect(await isTrayShown('linux', answers({}))).toBe(false)
    expect(await isTrayShown('win32', answers({}))).toBe(true)
    expect(await isTrayShown('darwin', answers({}))).toBe(true)
  })
})

describe('start at login on Linux', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'companion-autostart-'))
  afterEach(() => rmSync(home, { recursive: true, force: true }))
  const file = toAutostartFile({ XDG_CONFIG_HOME: home })

  it('is an entry in the autostart folder of the person, which the desktop may switch off', () => {
    expect(toAutostartFile({ XDG_CONFIG_HOME: 'relative' }, '/home/mina')).toBe(
      '/home/mina/.config/autostart/voipbin-companion.desktop',
    )
    expect(readAutostart(file)).toBe('off')
    writeAutostart(file, ['/opt/companion', '--hidden'])
    expect(readAutostart(file)).toBe('on')
    writeFileSync(file, `${toDesktopEntry(['/opt/companion'])}Hidden=true\n`)
    expect(readAutostart(file)).toBe('off')
    writeAutostart(file, undefined)
    writeAutostart(file, undefined)
    expect(readAutostart(file)).toBe('off')
  })

  it('keeps each argument one word, whatever the folder is called', () => {
    const line = toDesktopEntry(['/opt/my phone', '--profile-dir=/a"$b`c\\d%e']).match(/^Exec=(.*)$/m)?.[1]
    expect(line).toBe('"/opt/my phone" "--profile-dir=/a\\\\"\\\\$b\\\\`c\\\\\\\\d%%e"')
  })
})

const quiet: DeskFace = {
  registration: 'registered',
  ringing: undefined,
  inCall: false,
  missed: 0,
  lastMissed: undefined,
  doNotDisturb: false,
  language: 'en',
  theme: 'system',
  whenClosed: 'stay',
  closingTold: false,
  startAtLogin: false,
  openLinks: false,
  globalKeys: GlobalKeys.parse({}),
}
const ringing = { sessionId: 's1', name: 'Mina "M" </script>', address: '2001@pbx.invalid', since: 1 }
const missed: MissedCall = {
  sessionId: 's1',
  name: 'Mina',
  address: '2001@pbx.invalid',
  user: '2001',
  at: 1,
  why: 'doNotDisturb',
  seen: false,
}

describe('notifications of the page in a browser window', () => {
  function setUp(hasFocus = false) {
    const shown: Array<{
      title: string
      options: { body: string; tag: string }
      open: boolean
      onclick(): void
    }> = []
    class Notification {
      static permission = 'granted'
      open = true
      onclick = () => {}
      onclose = () => {}
      readonly title: string
      readonly options: { body: string; tag: string }
      constructor(title: string, options: { body: string; tag: string }) {
        this.title = title
        this.options = options
        shown.push(this)
      }
      close() {
        this.open = false
        this.onclose()
      }
    }
    const leaving = new Set<() => void>()
    const page = {
      Notification,
      document: { hasFocus: () => hasFocus },
      addEventListener: (_: 'blur', listener: () => void) => void leaving.add(listener),
      removeEventListener: (_: 'blur', listener: () => void) => void leaving.delete(listener),
    }
    const leave = () => {
      for (const listener of leaving) listener()
    }
    const raised: string[] = []
    const listeners: Array<(face: DeskFace) => void> = []
    const scope = newScope()
    openNotices(scope, {
      desk: {
        face: () => quiet,
        watch(listener) {
          listeners.push(listener)
          return () => {}
        },
      },
      evaluate: async (expression) => runInNewContext(expression, page),
      focus: () => raised.push('raised'),
    })
    return { shown, raised, leave, tell: (face: Partial<DeskFace>) => listeners[0]?.({ ...quiet, ...face }) }
  }

  it('name the caller in plain text while nobody looks, go with the ringing, and raise the window when pressed', async () => {
    const { shown, raised, tell } = setUp()
    tell({ ringing })
    expect(shown.map(({ title, options }) => [title, options.body])).toEqual([
      ['Mina "M" </script> is calling', '2001@pbx.invalid'],
    ])
    shown[0]?.onclick()
    await new Promise((resolve) => setImmediate(resolve))
    expect(raised).toEqual(['raised'])
    expect(shown[0]?.open).toBe(false)
  })

  it('are not shown to somebody who looks at the window', () => {
    const { shown, tell } = setUp(true)
    tell({ ringing })
    expect(shown).toEqual([])
  })

  it('are shown to somebody who leaves the window while it rings, and not after', () => {
    const { shown, leave, tell } = setUp(true)
    tell({ ringing })
    leave()
    expect(shown.map(({ options }) => options.tag)).toEqual(['ringing'])
    const later = setUp(true)
    later.tell({ ringing })
    later.tell({})
    later.leave()
    expect(later.shown).toEqual([])
  })

  it('tell of a missed call, with the reason, once', () => {
    const { shown, tell } = setUp()
    tell({ missed: 1, lastMissed: missed })
    tell({ missed: 1, lastMissed: missed, registration: 'trying' })
    expect(shown.map(({ title, options }) => [title, options.body])).toEqual([
      ['Missed call: Mina', '2001@pbx.invalid\nRefused as busy: do not disturb is on.'],
    ])
  })
})
