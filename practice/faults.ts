// The faults that are armed now: requests that fail or wait, events that are lost, doubled, swapped or late.
import { ApiError } from './http/errors.ts'

export interface RequestFault {
  method: string
  /** `*` stands for anything: `/v1.0/calls/*`. */
  path: string
  /** 0 = the connection breaks without an answer; nothing = the request only waits. */
  status?: number | undefined
  reason?: string | undefined
  answer?: PulledAnswer | undefined
  delayMs: number
  times: number
}

export interface EventFault {
  what: 'drop' | 'duplicate' | 'delay' | 'reorder'
  /** An event type or `*`. */
  type: string
  delayMs: number
  count: number
}

/** Any answer instead of the right one: of another release, of a proxy, of a login page. */
export interface PulledAnswer {
  status: number
  text: string
  type: string
  headers: Record<string, string>
}

/** The request is answered with this and with nothing else. */
export class AnsweredOtherwise extends Error {
  readonly answer: PulledAnswer
  constructor(answer: PulledAnswer) {
    super('answered otherwise')
    this.answer = answer
  }
}

/** The request gets no answer: its connection breaks. */
export class BrokenConnection extends Error {}

export interface Faults {
  armRequest(fault: RequestFault): void
  armEvent(fault: EventFault): void
  /** Waits or throws as armed. */
  beforeRequest(method: string, path: string): Promise<void>
  /** Calls `deliver` as often and as late as armed. */
  shapeEvent(type: string, deliver: () => void): void
  /** What the recogniser will hear next, in turn; for tests that need exact words. */
  readonly heard: string[]
  clear(): void
}

export function createFaults(): Faults {
  let requests: RequestFault[] = []
  let events: Array<EventFault & { held: Array<() => void> }> = []
  const heard: string[] = []

  return {
    heard,
    armRequest: (fault) => void requests.push({ ...fault }),
    armEvent: (fault) => void events.push({ ...fault, held: [] }),
    async beforeRequest(method, path) {
      const fault = requests.find((one) => fits(one.method, method) && fits(one.path, path))
      if (!fault) return
      fault.times--
      requests = requests.filter((one) => one.times > 0)
      if (fault.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
      if (fault.answer) throw new AnsweredOtherwise(fault.answer)
      if (fault.status === 0) throw new BrokenConnection()
      if (fault.status !== undefined)
        throw new ApiError(fault.status, fault.reason ?? defaultReason(fault.status), 'A string was pulled.')
    },
    shapeEvent(type, deliver) {
      const fault = events.find((one) => fits(one.type, type))
      if (!fault) return deliver()
      fault.count--
      if (fault.count <= 0) events = events.filter((one) => one !== fault)
      if (fault.what === 'duplicate') {
        deliver()
        deliver()
      } else if (fault.what === 'delay') setTimeout(deliver, fault.delayMs).unref()
      else if (fault.what === 'reorder') {
        fault.held.unshift(deliver)
        if (fault.count <= 0) for (const late of fault.held) late()
      }
    },
    clear() {
      requests = []
      // What a reorder holds back is let go in its right order.
      for (const fault of events) for (const late of fault.held.reverse()) late()
      events = []
      heard.length = 0
    },
  }
}

function fits(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(text)
}

function defaultReason(status: number): string {
  const reasons: Record<number, string> = {
    400: 'INVALID_ARGUMENT',
    401: 'INVALID_CREDENTIALS',
    402: 'INSUFFICIENT_BALANCE',
    403: 'PERMISSION_DENIED',
    404: 'RESOURCE_NOT_FOUND',
    409: 'STATE_INVALID',
    429: 'RATE_LIMIT_EXCEEDED',
    503: 'SERVICE_UNAVAILABLE',
  }
  return reasons[status] ?? 'INTERNAL'
}
