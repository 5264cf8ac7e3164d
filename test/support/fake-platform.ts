// A platform in memory that implements the real interface: rows to look at, failures to plan, events to send.
import { AppError, type ErrorData } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Call, Groupcall } from '../../common/model/call.ts'
import type { OwnNumber } from '../../common/model/number.ts'
import type {
  Credential,
  EventsConnection,
  EventsListener,
  PlaceCall,
  Platform,
  PlatformEvent,
  WebhookTarget,
  WireAccessKey,
  WireExtension,
  WireSpeaking,
  WireTranscribe,
  WireTranscript,
} from '../../main/platform/platform.ts'
import { createServerClock } from '../../main/platform/server-clock.ts'

export const fakeCustomerId = 'c0000000-0000-4000-8000-000000000001'
export const fakeAgentId = 'a0000000-0000-4000-8000-000000000001'

/** One opened event socket. Nothing happens on it until the test says so. */
export interface FakeEvents {
  readonly listener: EventsListener
  readonly subscribed: string[][]
  readonly closed: boolean
  open(): void
  emit(event: PlatformEvent): void
  drop(why: { kind: 'refused' | 'lost'; error: ErrorData }): void
}

export interface FakePlatform extends Platform {
  /** `calls.place`, `extensions.create`, … in the order they came, with their arguments. */
  readonly asked: Array<{ name: string; args: unknown[] }>
  readonly rows: {
    accessKeys: WireAccessKey[]
    /** One row. */
    webhook: WebhookTarget[]
    extensions: WireExtension[]
    numbers: OwnNumber[]
    /** By number. */
    contacts: Record<string, { name: string }>
    calls: Call[]
    groupcalls: Groupcall[]
    transcribes: WireTranscribe[]
    transcripts: WireTranscript[]
    speakings: WireSpeaking[]
  }
  readonly sockets: FakeEvents[]
  /** What it was renewed with, in order. */
  readonly renewed: Credential[]
  /** The next `times` requests of this name fail. With `after`, the request has its effect first (a lost answer). */
  fail(name: string, error: AppError, options?: { times?: number; after?: boolean }): void
  /** Replaces what a request does. */
  answer(name: string, run: (...args: never[]) => unknown): void
}

export function createFakePlatform(apiUrl = 'https://api.fake.test'): FakePlatform {
  const asked: FakePlatform['asked'] = []
  const failures = new Map<string, { error: AppError; times: number; after: boolean }>()
  const answers = new Map<string, (...args: never[]) => unknown>()
  const sockets: FakeEvents[] = []
  const renewed: Credential[] = []
  const rows: FakePlatform['rows'] = {
    accessKeys: [],
    webhook: [{ method: '', uri: '' }],
    extensions: [],
    numbers: [],
    contacts: {},
    calls: [],
    groupcalls: [],
    transcribes: [],
    transcripts: [],
    speakings: [],
  }
  let made = 0
  const nextId = (letter: string) => `${letter}${String(++made).padStart(7, '0')}-0000-4000-8000-000000000000`

  function find<T extends { id: string }>(list: T[], id: string): T {
    const row = list.find((each) => each.id === id)
    if (!row) throw new AppError('platform.notFound', { status: 404, detail: id })
    return row
  }

  /** Wraps a request: counts it, then fails, answers as planned, or does its work. */
  function request<A extends unknown[], R>(name: string, run: (...args: A) => R) {
    return async (...args: A): Promise<R> => {
      asked.push({ name, args })
      const planned = failures.get(name)
      if (planned && planned.times > 0) {
        planned.times--
        if (planned.after) run(...args)
        throw planned.error
      }
      const answer = answers.get(name)
      if (answer) return (await answer(...(args as unknown as never[]))) as R
      return structuredClone(run(...args))
    }
  }

  return {
    apiUrl,
    clock: createServerClock(),
    asked,
    rows,
    sockets,
    renewed,
    renew: (credential) => void renewed.push(credential),
    fail: (name, error, { times = 1, after = false } = {}) =>
      void failures.set(name, { error, times, after }),
    answer: (name, run) => void answers.set(name, run),
    customer: request('customer', () => ({ id: fakeCustomerId, name: 'Practice Ltd', status: 'active' })),
    balance: request('balance', () => ({ plan: 'free', credit: 10 })),
    me: request('me', () => ({
      id: fakeAgentId,
      customerId: fakeCustomerId,
      username: 'ada@example.com',
      permission: 32,
    })),
    accessKeys: {
      list: request('accessKeys.list', () => rows.accessKeys),
      create: request('accessKeys.create', (input: { name: string; expireSeconds?: number | undefined }) => {
        const token = `vb_${nextId('k')}`
        const row = { id: nextId('b'), name: input.name, prefix: token.slice(0, 11) }
        rows.accessKeys.unshift(row)
        return { id: row.id, token }
      }),
      remove: request('accessKeys.remove', (id: string) => {
        rows.accessKeys.splice(rows.accessKeys.indexOf(find(rows.accessKeys, id)), 1)
      }),
    },
    extensions: {
      list: request('extensions.list', () => rows.extensions),
      get: request('extensions.get', (id: string) => find(rows.extensions, id)),
      create: request(
        'extensions.create',
        (input: { extension: string; password: string; detail: string }): WireExtension => {
          // The deployed platform answers 500 for a duplicate (contract C.1).
          if (rows.extensions.some((row) => row.extension === input.extension)) {
            throw new AppError('platform.broken', { status: 500, detail: 'INTERNAL' })
          }
          const row = { id: nextId('e'), name: input.extension, ...input }
          rows.extensions.unshift(row)
          return row
        },
      ),
      update: request(
        'extensions.update',
        (id: string, input: { name: string; detail: string; password: string }) =>
          Object.assign(find(rows.extensions, id), input),
      ),
      remove: request('extensions.remove', (id: string) => {
        rows.extensions.splice(rows.extensions.indexOf(find(rows.extensions, id)), 1)
      }),
    },
    webhook: {
      get: request('webhook.get', () => rows.webhook[0] ?? { method: '', uri: '' }),
      set: request('webhook.set', (target: WebhookTarget) => {
        const [before] = rows.webhook.splice(0, 1, { ...target })
        return { before: before ?? { method: '', uri: '' }, now: target }
      }),
    },
    numbers: { list: request('numbers.list', () => rows.numbers) },
    contacts: {
      lookUp: request(
        'contacts.lookUp',
        (phone: string): { name: string } | undefined => rows.contacts[phone],
      ),
    },
    calls: {
      place: request('calls.place', (_input: PlaceCall) => ({
        calls: rows.calls,
        groupcalls: rows.groupcalls,
      })),
      get: request('calls.get', (id: string) => find(rows.calls, id)),
      list: request('calls.list', (_pageSize?: number) => rows.calls),
      hangUp: request('calls.hangUp', (id: string) => {
        find(rows.calls, id).status = 'hangup'
      }),
    },
    groupcalls: {
      get: request('groupcalls.get', (id: string) => find(rows.groupcalls, id)),
      list: request('groupcalls.list', (_pageSize?: number) => rows.groupcalls),
      hangUp: request('groupcalls.hangUp', (id: string) => {
        find(rows.groupcalls, id).status = 'hangup'
      }),
    },
    transcribes: {
      ofCall: request('transcribes.ofCall', (callId: string) =>
        rows.transcribes.filter((row) => row.referenceId === callId),
      ),
      get: request('transcribes.get', (id: string) => find(rows.transcribes, id)),
      start: request(
        'transcribes.start',
        (input: { callId: string; language: string; direction: 'in' | 'out' | 'both' }) => {
          const row: WireTranscribe = {
            id: nextId('f'),
            referenceType: 'call',
            referenceId: input.callId,
            status: 'progressing',
            language: input.language,
          }
          rows.transcribes.unshift(row)
          return row
        },
      ),
      stop: request('transcribes.stop', (id: string) => {
        find(rows.transcribes, id).status = 'done'
      }),
    },
    transcripts: {
      list: request('transcripts.list', (transcribeId: string) =>
        rows.transcripts.filter((row) => row.transcribeId === transcribeId),
      ),
    },
    speakings: {
      create: request('speakings.create', (input: { callId: string }) => {
        const id = nextId('d')
        const row: WireSpeaking = { id, referenceId: input.callId, status: 'active', createdAt: Date.now() }
        rows.speakings.unshift(row)
        return row
      }),
      get: request('speakings.get', (id: string) => find(rows.speakings, id)),
      list: request('speakings.list', () => rows.speakings),
      say: request('speakings.say', (id: string, _text: string) => void find(rows.speakings, id)),
      flush: request('speakings.flush', (id: string) => void find(rows.speakings, id)),
      stop: request('speakings.stop', (id: string) => {
        find(rows.speakings, id).status = 'stopped'
      }),
      remove: request('speakings.remove', (id: string) => {
        rows.speakings.splice(rows.speakings.indexOf(find(rows.speakings, id)), 1)
      }),
    },
    openEvents(scope: Scope, listener: EventsListener): EventsConnection {
      const socket = createFakeEvents(listener)
      sockets.push(socket)
      scope.add(socket.connection.close)
      return socket.connection
    },
  }
}

function createFakeEvents(listener: EventsListener): FakeEvents & { connection: EventsConnection } {
  const subscribed: string[][] = []
  let closed = false
  return {
    listener,
    subscribed,
    get closed() {
      return closed
    },
    open: () => listener.onOpen(),
    emit: (event) => {
      if (!closed) listener.onEvent(event)
    },
    drop: (why) => {
      if (closed) return
      closed = true
      listener.onClose(why)
    },
    connection: {
      subscribe: (topics) => void subscribed.push([...topics]),
      close: () => {
        closed = true
      },
    },
  }
}
