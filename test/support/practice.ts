// A practice platform for a test: in this process over a fake line, or as a process of its own with real SIP and audio.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Voice } from '../../practice/line.ts'
import {
  openPractice,
  type Practice,
  type PracticeAddress,
  type PracticeOptions,
} from '../../practice/practice.ts'
import type { StringPull } from '../../practice/strings.ts'
import { createVoiceActivity } from '../../practice/voice/voice-activity.ts'
import { createFakeLine, type FakeLine } from './fake-line.ts'

export interface TestPractice extends Practice {
  line: FakeLine
  /** With the access key of the customer. */
  api: Api
  anonymous: Api
  as(user: 'admin' | 'manager' | 'agent'): Promise<Api>
  withKey(key: string): Api
  /** An extension with so many registered devices. */
  addPhone(extension?: string, devices?: number): Promise<string>
}

const fast = { customer: { perSecond: 10_000, burst: 10_000 }, ip: { perSecond: 10_000, burst: 10_000 } }

/** Closed when the test is finished. */
export async function openTestPractice(options: Partial<PracticeOptions> = {}): Promise<TestPractice> {
  const line = createFakeLine()
  const practice = await openPractice({
    dialect: 'deployed',
    rates: fast,
    ...options,
    timings: { speakingStartMs: 30, ...options.timings },
    parts: {
      openLine: async () => line,
      openVoice: async () => fakeVoice,
      openRecogniser: async () => ({ name: 'none', recognise: async () => undefined }),
      createVoiceActivity,
      ...options.parts,
    },
  })
  onTestFinished(() => practice.close())
  const { apiUrl, accessKey } = practice.address
  const withKey = (key: string) => createApi(apiUrl, { query: `accesskey=${key}` })
  const api = withKey(accessKey)
  return {
    ...practice,
    line,
    api,
    anonymous: createApi(apiUrl, {}),
    withKey,
    async as(user) {
      const name = practice.logins[user]
      const answer = await createApi(apiUrl, {}).post('/auth/login', { username: name, password: name })
      return createApi(apiUrl, { bearer: String(answer.json.token) })
    },
    async addPhone(extension = 'desk1', devices = 1) {
      const body = { name: extension, detail: 'A desk', extension, password: 'secret' }
      const answer = await api.post('/v1.0/extensions', body)
      for (let device = 0; device < devices; device++)
        line.register(extension, `sip:${extension}-${device}@host${device}.invalid;transport=ws`)
      return String(answer.json.id)
    },
  }
}

/** Ten milliseconds a word. */
export const fakeVoice: Voice = {
  name: 'ten milliseconds a word',
  synthesise: async (text) => new Int16Array(text.split(/\s+/).length * 80).fill(1000),
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
export type Json = any

export interface Answer {
  status: number
  json: Json
  text: string
  headers: Headers
}

export interface Api {
  readonly bearer: string | undefined
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  delete(path: string, body?: unknown): Promise<Answer>
  raw(path: string, init: RequestInit): Promise<Answer>
}

export function createApi(apiUrl: string, credential: { query?: string; bearer?: string }): Api {
  const raw = async (path: string, init: RequestInit): Promise<Answer> => {
    const url = `${apiUrl}${path}${credential.query ? `${path.includes('?') ? '&' : '?'}${credential.query}` : ''}`
    const headers = new Headers(init.headers)
    if (credential.bearer) headers.set('Authorization', `Bearer ${credential.bearer}`)
    const response = await fetch(url, { ...init, headers })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return {
      status: response.status,
      text,
      json: isJson ? JSON.parse(text) : undefined,
      headers: response.headers,
    }
  }
  const send = (method: string) => (path: string, body?: unknown) =>
    raw(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return {
    bearer: credential.bearer,
    raw,
    get: send('GET'),
    post: send('POST'),
    put: send('PUT'),
    delete: send('DELETE'),
  }
}

export interface TestEvents {
  readonly socket: WebSocket
  /** Every frame so far, parsed where it is JSON. */
  readonly frames: Json[]
  send(message: unknown): Promise<void>
  /** Resolves when the platform has read everything sent before. */
  settled(): Promise<void>
  subscribe(...topics: string[]): Promise<void>
  /** Resolves with the first frame that fits, also one that came before. */
  until(fits: (frame: Json) => boolean): Promise<Json>
  closed: Promise<number>
}

export async function openTestEvents(apiUrl: string, query: string): Promise<TestEvents> {
  const socket = new WebSocket(`${apiUrl.replace('http', 'ws')}/v1.0/ws?${query}`)
  const frames: Json[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    frames.push(parse(String(data)))
    for (const look of [...waiting]) look()
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.on('error', () => {})
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  const settled = async () => {
    // A ping is answered in order, after what was sent before it.
    const pong = once(socket, 'pong')
    socket.ping()
    await pong
  }
  return {
    socket,
    frames,
    closed,
    settled,
    send: async (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async subscribe(...topics) {
      socket.send(JSON.stringify({ type: 'subscribe', topics }))
      await settled()
    },
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = frames.find(fits)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Pulls strings of a practice that runs elsewhere. */
export interface StringsClient {
  pull(wanted: StringPull): Promise<void>
  look(): Promise<{ eventSockets: number; calls: Json[]; registered: Record<string, number> }>
}

export function createStringsClient({
  apiUrl,
  controlToken,
}: Pick<PracticeAddress, 'apiUrl' | 'controlToken'>): StringsClient {
  const api = createApi(apiUrl, { bearer: controlToken })
  return {
    async pull(wanted) {
      const answer = await api.post('/practice/strings', wanted)
      if (answer.status !== 200) throw new Error(`string not pulled: ${answer.status} ${answer.text}`)
    },
    look: async () => (await api.get('/practice/strings')).json,
  }
}

export interface PracticeProcess {
  readonly address: PracticeAddress
  readonly strings: StringsClient
  readonly child: ChildProcess
  /** Somebody else calls an extension, keeps the call open and transcribes it. Resolves with the answer. */
  call(extension: string): Promise<string>
  /** Ends its input and waits; resolves with the exit code. */
  end(): Promise<number | null>
}

export const practiceMain = new URL('../../practice/main.ts', import.meta.url).pathname

/** With the Node that runs the test. */
export async function startPracticeProcess(args: readonly string[] = []): Promise<PracticeProcess> {
  const child = spawn(process.execPath, [practiceMain, '--json', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const address = JSON.parse(line) as PracticeAddress
  return {
    address,
    strings: createStringsClient(address),
    child,
    async call(extension) {
      const api = createApi(address.apiUrl, { query: `accesskey=${address.accessKey}` })
      const answer = await api.post('/v1.0/calls', {
        source: { type: 'tel', target: '+15550100042' },
        destinations: [{ type: 'extension', target_name: extension, target: extension }],
        actions: [
          { type: 'transcribe_start', option: { language: 'en-US' } },
          { type: 'sleep', option: { duration: 120_000 } },
        ],
      })
      if (answer.status !== 200) throw new Error(`not called: ${answer.status} ${answer.text}`)
      return answer.text
    },
    async end() {
      const gone = once(child, 'exit')
      child.stdin.end()
      const [code] = (await gone) as [number | null]
      return code
    },
  }
}
