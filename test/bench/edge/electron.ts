// The companion as `npm start` opens it in Electron. It has no key store here, so the bench signs it in through its port.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { RequestInput, RequestName } from '../../../common/bridge/table.ts'
import { type FoundElectron, findElectron } from '../../../main/shells/electron/launch.ts'
import { electronOrigin } from '../../../main/shells/page-origin.ts'
import { nowMs } from '../figure.ts'
import type { Profile } from '../support/companion.ts'
import { writeSound } from '../support/sound.ts'
import { openPageClient, type PageClient } from './page-client.ts'
import { makeProfile } from './profile.ts'
import type { Stage } from './stage.ts'
import type { Phone, Subject } from './subject.ts'
import { createWindowHands } from './window-hands.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const extension = '2000'

/** Nothing where there is no Electron. */
export function createElectron(stage: Stage): Subject | undefined {
  const electron = findElectron(top)
  if (!electron) return undefined
  const profile = makeProfile(stage, extension)
  return {
    name: 'electron',
    title: `Companion, Electron ${/\d+/.exec(electron.version)?.[0] ?? ''}`.trim(),
    extension,
    start: () => startElectron(stage, electron, profile),
  }
}

async function startElectron(stage: Stage, electron: FoundElectron, profile: Profile): Promise<Phone> {
  const startedAt = nowMs()
  const child = launch(electron, profile)
  try {
    const isOurs = (url: string) => url.startsWith(electronOrigin)
    const page = await openPageClient(path.join(profile.dir, 'electron'), isOurs)
    const ask = createAsk(page)
    await ask('account.signIn', { by: 'accessKey', accessKey: stage.practice.address.accessKey })
    await ask('extension.provision', {})
    await Promise.all([ask('phone.register', {}), ask('subscription.open', {})])
    const accepted = { user: extension, status: 200 }
    const { at: registeredAt } = await stage.edge.log.next('register', accepted, startedAt)
    const hands = createWindowHands(page)
    const timed = async (name: 'phone.register' | 'phone.unregister') => {
      const at = nowMs()
      await ask(name, {})
      return at
    }
    return {
      name: 'electron',
      extension,
      startedAt,
      registeredAt,
      stages: new Map(),
      pid: child.pid ?? 0,
      unregister: () => timed('phone.unregister'),
      register: () => timed('phone.register'),
      ...hands,
      stop: () => end(child, page),
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function launch(electron: FoundElectron, profile: Profile): ChildProcess {
  const env = { ...process.env }
  delete env.ELECTRON_RUN_AS_NODE
  const microphone = writeSound(profile.dir, 'tone')
  const flags = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`,
    '--remote-debugging-port=0',
  ]
  // The kernel ends it when this process dies, however it dies.
  const args = ['--pdeathsig', 'TERM', electron.path, ...flags, top, `--profile-dir=${profile.dir}`]
  return spawn('setpriv', args, { env, stdio: 'ignore' })
}

/** Asks main as the page does (common/bridge): an envelope of birpc under a number that the page does not use. */
function createAsk(page: PageClient) {
  let last = 0
  return async <N extends RequestName>(name: N, input: RequestInput<N>): Promise<void> => {
    const message = { m: 'ask', a: [name, input], i: `bench-${++last}`, t: 'q' }
    const failed = await page.evaluate<string>(`new Promise((resolve) => {
      const message = ${JSON.stringify(message)}
      const stop = companionPort.onMessage((answer) => {
        if (answer?.t !== 's' || answer.i !== message.i) return
        stop()
        resolve(answer.r?.ok ? '' : JSON.stringify(answer.r ?? answer.e))
      })
      companionPort.send(message)
    })`)
    if (failed !== '') throw new Error(`${name}: ${failed}`)
  }
}

async function end(child: ChildProcess, page: PageClient): Promise<void> {
  page.close()
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  child.kill('SIGTERM')
  await once(child, 'exit')
  clearTimeout(timer)
}
