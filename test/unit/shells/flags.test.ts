// The flags Chromium is started with.
import { describe, expect, it } from 'vitest'
import { type FlagOptions, toFlags } from '../../../main/shells/chromium/flags.ts'
import { defaultPlace } from '../../../main/shells/window-place.ts'

const flags = (more: Partial<FlagOptions> = {}) =>
  toFlags({
    appUrl: 'https://app.test/',
    userDataDir: '/profile',
    headless: false,
    place: defaultPlace,
    ...more,
  })

describe('the flags of Chromium', () => {
  it('opens an app window of the own profile over the pipe', () => {
    expect(flags()).toEqual(
      expect.arrayContaining([
        '--remote-debugging-pipe',
        '--user-data-dir=/profile',
        '--app=https://app.test/',
      ]),
    )
    expect(flags()).not.toContain('--headless=new')
    expect(flags({ headless: true })).toContain('--headless=new')
  })

  it('opens no debugging port unless a test asks for one', () => {
    expect(flags().some((flag) => flag.startsWith('--remote-debugging-port'))).toBe(false)
    expect(flags({ remoteDebuggingPort: 0 })).toContain('--remote-debugging-port=0')
  })

  it("never accepts a certificate that the system does not trust: pins are main's affair", () => {
    expect(flags().some((flag) => flag.startsWith('--ignore-certificate-errors'))).toBe(false)
  })

  it('joins its own features with those of the caller, because Chromium hears only the last flag', () => {
    const all = flags({ extraFlags: ['--disable-features=One,Two', '--disable-features=Three', '--other'] })
    const disabling = all.filter((flag) => flag.startsWith('--disable-features='))
    expect(disabling).toHaveLength(1)
    expect(disabling[0]).toMatch(/^--disable-features=Translate,.*,One,Two,Three$/)
    expect(all).toContain('--other')
  })

  it('takes a file for the microphone only when one is given', () => {
    expect(flags().some((flag) => flag.includes('fake'))).toBe(false)
    expect(flags({ micFile: '/a.wav%noloop' })).toContain('--use-file-for-fake-audio-capture=/a.wav%noloop')
  })

  it('puts the window where it was', () => {
    expect(flags({ place: { width: 800, height: 600, x: -10, y: 20 } })).toEqual(
      expect.arrayContaining(['--window-size=800,600', '--window-position=-10,20']),
    )
    expect(flags().some((flag) => flag.startsWith('--window-position'))).toBe(false)
  })
})
