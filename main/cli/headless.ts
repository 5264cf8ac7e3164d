// One run of the quickstart in a headless browser: the same program as in the window, asked by its own requests.
import path from 'node:path'
import { AppError } from '../../common/kit/errors.ts'
import type { Quickstart, Step } from '../../common/model/quickstart.ts'
import type { Pin, Settings } from '../../common/model/settings.ts'
import type { App } from '../app.ts'
import { runChromium } from '../shells/chromium/run.ts'
import { requireBrowser } from './browser.ts'
import type { QuickstartFlags } from './quickstart-flags.ts'

export interface HeadlessOptions extends QuickstartFlags {
  profileDir: string
  /** Called once for each step that ends. */
  onStep(step: Step): void
}

/** What the fake microphone says, over and over, when no other file is given: ten seconds of silence, then a sentence. */
const defaultMicrophone = path.resolve(import.meta.dirname, '../../main/cli/microphone.wav')

export async function runHeadless(options: HeadlessOptions): Promise<{ run: Quickstart; browser: string }> {
  const browser = requireBrowser()
  const shell = await runChromium({
    headless: true,
    profileDir: options.profileDir,
    browserPath: browser.path,
    micFile: options.mic ?? defaultMicrophone,
  })
  const stop = () => void shell.app.handlers['quickstart.stop']({})
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    const run = await Promise.race([runQuickstart(shell.app, options), browserGone(shell.closed)])
    return { run, browser: browser.version }
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    await cleanUp(shell.app, options)
    await shell.close()
  }
}

async function runQuickstart(app: App, options: HeadlessOptions): Promise<Quickstart> {
  await app.handlers['settings.change']({ patch: toSettings(options) })
  if (options.target) {
    // A refused key is reported by the step itself, which signs in again with what was given here.
    await app.handlers['account.signIn']({ by: 'accessKey', accessKey: options.target.accessKey }).catch(
      () => {},
    )
  }
  const ended = new Promise<Quickstart>((resolve) => {
    const told = new Set<string>()
    app.store.subscribe(({ quickstart }) => {
      for (const step of quickstart.steps) {
        if (step.state === 'waiting' || step.state === 'running' || told.has(step.id)) continue
        told.add(step.id)
        options.onStep(step)
      }
      if (quickstart.status !== 'idle' && quickstart.status !== 'running') resolve(quickstart)
    })
  })
  await app.handlers['quickstart.run']({ stepTimeoutMs: options.stepTimeoutMs })
  return ended
}

/** Nothing of a run stays on somebody's platform or in the key store. Practice ends with all it has. */
async function cleanUp({ handlers }: App, { target }: HeadlessOptions): Promise<void> {
  if (!target) return
  await handlers['phone.unregister']({}).catch(() => {})
  await handlers['extension.remove']({}).catch(() => {})
  await handlers['account.signOut']({}).catch(() => {})
}

async function browserGone(closed: Promise<void>): Promise<never> {
  await closed
  throw new AppError('app.windowGone', { detail: 'the browser ended during the run' })
}

function toSettings(options: HeadlessOptions): Partial<Settings> {
  const target: Partial<Settings> = options.profile
    ? options.profile
    : options.target
      ? { environment: 'custom', apiUrl: options.target.apiUrl }
      : { environment: 'practice', dialect: options.dialect }
  return {
    ...target,
    ...(options.edge ? { edgeUrl: options.edge } : {}),
    ...(options.say ? { sayText: options.say } : {}),
    ...(options.baseDomain ? { baseDomain: options.baseDomain } : {}),
    ...(options.caFile ? { caFile: path.resolve(options.caFile) } : {}),
    pins: [...(options.profile?.pins ?? []), ...toPins(options)],
  }
}

/** One pin for the hosts named on the command line. */
function toPins({ pin, target, edge }: QuickstartFlags): Pin[] {
  if (!pin) return []
  const hosts = [target?.apiUrl, edge].flatMap((url) => (url ? [new URL(url).hostname] : []))
  return [...new Set(hosts)].map((host) => ({ host, sha256: pin }))
}
