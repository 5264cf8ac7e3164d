// What the page may use: a table with "no" as its default. Pure, so that every row has a test.
import { electronOrigin } from '../page-origin.ts'

export interface PermissionQuestion {
  permission: string
  /** Asked by the web contents of our one window. */
  ownWindow: boolean
  /** The page the window shows, and the page that asks where Electron tells. */
  windowUrl: string
  askingUrl?: string | undefined
  /** What of `media` is wanted, where Electron tells: its second call of the same question leaves it out. */
  media?: readonly string[] | undefined
}

/** The names of Chromium 130 and 15x for sockets to this machine and to a PBX in the local network. */
const allowed = new Set([
  'speaker-selection',
  'notifications',
  // To ask for a headset; which device is given is decided in headset-grants.ts.
  'hid',
  'local-network-access',
  'local-network',
  'loopback-network',
])

export function isAllowed(question: PermissionQuestion): boolean {
  const { permission, ownWindow, windowUrl, askingUrl, media = [] } = question
  if (!ownWindow || !isOwnPage(windowUrl)) return false
  if (askingUrl !== undefined && askingUrl !== '' && !isOwnPage(askingUrl)) return false
  // Microphone and camera are one permission; this is a telephone without a camera.
  if (permission === 'media') return !media.includes('video')
  return allowed.has(permission)
}

export function isOwnPage(url: string): boolean {
  return url === electronOrigin || url.startsWith(`${electronOrigin}/`)
}
