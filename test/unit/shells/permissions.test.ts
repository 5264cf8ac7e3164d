// The table of what the page may use in Electron.
import { describe, expect, it } from 'vitest'
import { isAllowed, isOwnPage, type PermissionQuestion } from '../../../main/shells/electron/permissions.ts'
import { electronOrigin } from '../../../main/shells/page-origin.ts'

const ask = (permission: string, more: Partial<PermissionQuestion> = {}) =>
  isAllowed({ permission, ownWindow: true, windowUrl: `${electronOrigin}/`, ...more })

describe('permissions of the page', () => {
  it.each([
    'speaker-selection',
    'notifications',
    'hid',
    'local-network-access',
    'local-network',
    'loopback-network',
  ])('grants %s to our page', (permission) => expect(ask(permission)).toBe(true))

  it.each([
    'geolocation',
    'clipboard-read',
    'display-capture',
    'usb',
    'serial',
    'fileSystem',
    'openExternal',
    'unknown',
    'media2',
  ])('refuses %s', (permission) => expect(ask(permission)).toBe(false))

  it('grants the microphone and never the camera', () => {
    expect(ask('media', { media: ['audio'] })).toBe(true)
    expect(ask('media', { media: ['video'] })).toBe(false)
    expect(ask('media', { media: ['audio', 'video'] })).toBe(false)
  })

  it('grants the microphone when the second question leaves out what is asked for', () => {
    expect(ask('media')).toBe(true)
  })

  it('refuses everything to another window, another page and an embedded one', () => {
    expect(ask('media', { ownWindow: false })).toBe(false)
    expect(ask('media', { windowUrl: 'https://example.com/' })).toBe(false)
    expect(ask('media', { askingUrl: 'https://example.com/' })).toBe(false)
  })

  it('does not take a longer host name for our own', () => {
    expect(isOwnPage('app://companion/x.html')).toBe(true)
    expect(isOwnPage('app://companion.example.com/')).toBe(false)
    expect(isOwnPage('app://companion@example.com/')).toBe(false)
  })
})
