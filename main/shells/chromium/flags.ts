// The flags Chromium is started with, and why.
import type { WindowPlace } from '../window-place.ts'

export interface FlagOptions {
  appUrl: string
  userDataDir: string
  headless: boolean
  place: WindowPlace
  /** A WAV file instead of the microphone, over and over; `file.wav%noloop` plays it once. */
  micFile?: string | undefined
  /** For tests: a client of their own beside the pipe. */
  remoteDebuggingPort?: number | undefined
  extraFlags?: readonly string[] | undefined
}

const always = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  // The page stores no secret; the system's key store must not ask for a password because of the browser.
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--hide-crash-restore-bubble',
  '--metrics-recording-only',
  '--no-pings',
  // Nothing here draws in three dimensions: 14 MiB less without SwiftShader (Chromium 156). A real GPU is used as before.
  '--disable-software-rasterizer',
  // A phone must ring and keep its timers while its window is hidden.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--autoplay-policy=no-user-gesture-required',
  // Practice media stay on loopback, also on a machine without any network; elsewhere such a pair just fails.
  '--allow-loopback-in-peer-connection',
]

const disabledFeatures = [
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  'GlobalMediaControls',
  // A call's audio element must not answer to the keyboard's media keys.
  'HardwareMediaKeyHandling',
  'MediaSessionService',
  // One page needs no second renderer in waiting and no audio process of its own: 10 processes become 6, and what
  // they hold for themselves 93 MiB instead of 171 (Chromium 156, the quickstart's page).
  'SpareRendererForSitePerProcess',
  'AudioServiceOutOfProcess',
]

const enabledFeatures = ['NetworkServiceInProcess2']

export function toFlags(options: FlagOptions): string[] {
  const { place, headless } = options
  const flags = [
    ...always,
    joinFlag('--disable-features=', disabledFeatures, options.extraFlags),
    joinFlag('--enable-features=', enabledFeatures, options.extraFlags),
    `--user-data-dir=${options.userDataDir}`,
    `--window-size=${place.width},${place.height}`,
  ]
  if (place.x !== undefined && place.y !== undefined) flags.push(`--window-position=${place.x},${place.y}`)
  if (options.micFile !== undefined) {
    flags.push('--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${options.micFile}`)
  }
  if (options.remoteDebuggingPort !== undefined) {
    flags.push(`--remote-debugging-port=${options.remoteDebuggingPort}`)
  }
  // Chromium refuses to run as root with its sandbox; everybody else keeps it.
  if (process.getuid?.() === 0) flags.push('--no-sandbox')
  flags.push(...(options.extraFlags ?? []).filter((flag) => !/^--(dis|en)able-features=/.test(flag)))
  // Also headless: a window without an address bar saves the process of that bar's pop-ups.
  return [...flags, ...(headless ? ['--headless=new'] : []), `--app=${options.appUrl}`]
}

/** Chromium listens to the last flag of a name only, so ours and theirs become one. */
function joinFlag(name: string, ours: readonly string[], flags: readonly string[] = []): string {
  const theirs = flags.filter((flag) => flag.startsWith(name)).map((flag) => flag.slice(name.length))
  return name + [...ours, ...theirs].join(',')
}
