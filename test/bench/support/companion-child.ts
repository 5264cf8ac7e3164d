// The companion in a process of its own, as `npm start` runs it, with what a bench may ask beside it. Built like main.
const startedAt = performance.timeOrigin + performance.now()

import type { RequestInput, RequestName } from '../../../common/bridge/table.ts'
import type { Port } from '../../../common/kit/port.ts'
import type { AppState } from '../../../common/model/app-state.ts'
import type { PhoneState, SoundEdge } from '../../../common/model/phone.ts'
import type { App } from '../../../main/app.ts'
import { runChromium } from '../../../main/shells/chromium/run.ts'
import { readOptions, serveBench } from './channel.ts'

export interface CompanionOptions {
  headless: boolean
  profileDir: string
  micFile: string
  accessKey: string
  /** For Playwright beside the pipe; not where memory or idle time is measured. */
  debugging: boolean
  /** Sign in, find the extension, register and subscribe at once. */
  resume: boolean
  extraFlags?: string[]
}

export interface CompanionAsks {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<unknown>
  state(): Promise<AppState>
  browser(): Promise<{ pid: number; version: string }>
  /** Forces a collection where the process was started with --expose-gc; the bytes of the heap used after it. */
  collect(): Promise<number>
}

export interface CompanionTells {
  stage(row: { name: string; at: number }): void
  sound(edge: SoundEdge): void
  phone(phone: PhoneState): void
}

const options = readOptions<CompanionOptions>()
let opened: App | undefined
const app = () => {
  if (!opened) throw new Error('the app is not made yet')
  return opened
}

const asks: CompanionAsks = {
  request: (name, input) => (app().handlers[name] as (input: unknown) => Promise<unknown>)(input),
  state: async () => app().store.getState(),
  browser: async () => {
    const { browserPid, browser } = await running
    return { pid: browserPid(), version: browser }
  },
  collect: async () => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  },
}
const tell = serveBench<CompanionTells>(asks, async () => (await running).close())
const now = () => performance.timeOrigin + performance.now()
const stage = (name: string, at = now()) => tell.stage({ name, at })
stage('Node up', performance.timeOrigin)
stage('program loaded', startedAt)

const running = runChromium(
  {
    headless: options.headless,
    profileDir: options.profileDir,
    micFile: options.micFile,
    ...(options.debugging ? { remoteDebuggingPort: 0 } : {}),
    extraFlags: options.extraFlags,
  },
  {
    async createApp(host) {
      const { createApp } = await import('../../../main/app.ts')
      const made = createApp(host)
      opened = made
      stage('app made')
      if (options.resume) void resume(made)
      return { ...made, attach: (port) => made.attach(listenedTo(port)) }
    },
  },
)
running.then(() => stage('window open'))

async function resume({ handlers }: App): Promise<void> {
  await handlers['account.signIn']({ by: 'accessKey', accessKey: options.accessKey })
  stage('signed in')
  await handlers['extension.provision']({})
  stage('extension found')
  await Promise.all([register(handlers), handlers['subscription.open']({})])
}

/** A busy machine may need longer for its window than main waits for a phone. */
async function register(handlers: App['handlers']): Promise<unknown> {
  const again = () => running.then(() => handlers['phone.register']({}))
  return await handlers['phone.register']({}).catch(again)
}

/** What the page reports to main, told to the bench as well. */
function listenedTo(port: Port): Port {
  stage('page attached')
  port.onMessage((message) => {
    const { m, a } = message as { m?: unknown; a?: unknown[] }
    if (m !== 'ask' || !Array.isArray(a)) return
    if (a[0] === 'phone.sound') tell.sound(a[1] as SoundEdge)
    if (a[0] === 'phone.changed') tell.phone((a[1] as { phone: PhoneState }).phone)
  })
  return port
}
