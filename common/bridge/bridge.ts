// Two-way typed calls over any Port: the table decides what exists, the receiver parses, failures cross as data.
import { createBirpc } from 'birpc'
import type { z } from 'zod'
import { AppError, type ErrorCode, type ErrorData, toAppError, toError } from '../kit/errors.ts'
import type { Port } from '../kit/port.ts'
import type { Scope } from '../kit/scope.ts'
import type { EventListeners, Events, MainCaller, MainHandlers, PhoneCaller, PhoneHandlers } from './table.ts'
import { phoneRequests, requests } from './table.ts'

type Row = { input: z.ZodType; output: z.ZodType }
type Table = Record<string, Row>
type Handlers = Record<string, (input: never) => Promise<unknown>>
type Answer = { ok: true; value: unknown } | { ok: false; error: ErrorData }

/** What crosses the port: two functions, so that no name from outside ever selects one of ours. */
interface Wire {
  ask(name: unknown, input: unknown): Promise<Answer>
  tell(name: unknown, event: unknown): void
}

/** Longest wait for an answer; requests that take longer report through the state instead. */
const answerMs = 120_000

export interface MainBridge {
  /** Calls into the phone. */
  phone: PhoneCaller
  emit<N extends keyof Events>(name: N, event: Events[N]): void
}

/** Main's end: serves `requests`, calls `phoneRequests`, tells events. Lives as long as `scope`. */
export function openMainBridge(scope: Scope, port: Port, handlers: MainHandlers): MainBridge {
  const end = openEnd(scope, port, requests, handlers as unknown as Handlers, {}, 'app.windowGone')
  return {
    phone: end.caller(phoneRequests, true) as PhoneCaller,
    emit: (name, event) => void end.tell(name, event),
  }
}

/** The renderer's end: serves the phone, calls main, hears events. */
export function openRendererBridge(
  scope: Scope,
  port: Port,
  handlers: PhoneHandlers,
  listeners: EventListeners,
): MainCaller {
  const served = handlers as unknown as Handlers
  const end = openEnd(scope, port, phoneRequests, served, { ...listeners }, 'app.mainGone')
  return end.caller(requests, false) as MainCaller
}

function openEnd(
  scope: Scope,
  port: Port,
  table: Table,
  handlers: Handlers,
  listeners: Record<string, (event: never) => void>,
  /** The other end does not answer. */
  gone: ErrorCode,
) {
  const local: Wire = {
    ask: (name, input) => answer(table, handlers, name, input),
    tell: (name, event) => {
      if (typeof name === 'string' && Object.hasOwn(listeners, name)) listeners[name]?.(event as never)
    },
  }
  let stopListening = () => {}
  const rpc = createBirpc<Wire, Wire, false>(local, {
    proxify: false,
    timeout: answerMs,
    post: (message) => port.send(message),
    on: (listener) => {
      stopListening = port.onMessage((message) => {
        if (isEnvelope(message)) listener(message)
      })
    },
    off: () => stopListening(),
  })
  scope.add(() => rpc.$close(new AppError('app.stopped', { detail: scope.name })))

  return {
    tell: (name: string, event: unknown) => rpc.$callEvent('tell', name, event).catch(() => {}),
    caller: (remote: Table, parseOutput: boolean) =>
      Object.fromEntries(
        Object.entries(remote).map(([name, row]) => [
          name,
          async (input: unknown) => {
            const reply = await rpc.$call('ask', name, input).catch((error: unknown) => {
              throw error instanceof AppError ? error : new AppError(gone, { cause: error, detail: name })
            })
            if (!reply.ok) throw toError(reply.error)
            return parseOutput ? row.output.parse(reply.value) : reply.value
          },
        ]),
      ),
  }
}

async function answer(table: Table, handlers: Handlers, name: unknown, input: unknown): Promise<Answer> {
  const row = typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined
  const handler = typeof name === 'string' && Object.hasOwn(handlers, name) ? handlers[name] : undefined
  if (!row || !handler) {
    return fail(new AppError('app.inputInvalid', { detail: `unknown request ${String(name).slice(0, 60)}` }))
  }
  const parsed = row.input.safeParse(input)
  if (!parsed.success) return fail(new AppError('app.inputInvalid', { detail: issuesText(parsed.error) }))
  try {
    return { ok: true, value: (await handler(parsed.data as never)) ?? null }
  } catch (error) {
    return fail(toAppError(error))
  }
}

const fail = (error: AppError): Answer => ({ ok: false, error: error.toData() })

/** `field: what is wrong`, for people. */
export function issuesText(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ')
}

/** Only what has the shape of a birpc message gets through; anything else on the port is dropped. */
function isEnvelope(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false
  const { t, a, m } = message as Record<string, unknown>
  return (t === 'q' && (m === 'ask' || m === 'tell') && Array.isArray(a)) || t === 's'
}
