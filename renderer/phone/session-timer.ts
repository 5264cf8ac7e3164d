// Session timers (RFC 4028): a call whose other side is gone ends, although no BYE came.
//
//   none ──a 2xx names an interval──→ running ──half of it is over, and we refresh──→ asking
//    ↑                                 │   ↑                                            │
//    └──a 2xx names none───────────────┘   └──2xx, theirs or ours───────────────────────┤
//                                      └──32 s or a third before its end────────────────┴──→ expired: BYE
//
// Refreshed by re-INVITE, ours and theirs. SIP.js knows no UPDATE; it is missing in our Allow and refused with 405, so
// that nobody refreshes by it (RFC 3311 section 5.1).
import type { Scope } from '../../common/kit/scope.ts'

export interface TimerTerms {
  seconds: number
  weRefresh: boolean
}

/** What SIP.js gives of a message. */
export interface Headers {
  getHeader(name: string): string | undefined
  getHeaders?(name: string): string[]
}

export interface SessionTimer {
  /** For a re-INVITE of ours: what runs goes on (section 7.4). */
  askHeaders(): string[]
  /** For our 2xx to this request; the timer runs from now on, or it stops. */
  answerHeaders(request: Headers): string[]
  /** Their 2xx to a request of ours. */
  heardAnswer(response: Headers): void
}

export interface SessionTimerParts {
  scope: Scope
  /** Sends a re-INVITE with `askHeaders`. */
  refresh(): void
  /** Nobody refreshed in time (section 10). */
  expire(): void
}

/** Half an hour, as section 4 recommends; the least that section 5 allows. */
const wantedSeconds = 1800
const leastSeconds = 90
/** Shorter ones are not kept: nobody may have us send re-INVITEs without end. */
const shortestSeconds = 4

/** For the INVITE of a dialled call: who refreshes is theirs to say. */
export const firstAskHeaders = (): string[] => [
  `Session-Expires: ${wantedSeconds}`,
  `Min-SE: ${leastSeconds}`,
]

interface SessionExpires {
  seconds: number
  refresher: 'uac' | 'uas' | undefined
}

/** `x` is its compact form. */
export function readSessionExpires(message: Headers): SessionExpires | undefined {
  const value = message.getHeader('session-expires') ?? message.getHeader('x')
  const [, digits] = /^\s*(\d{1,7})\s*(?:;|$)/.exec(value ?? '') ?? []
  if (digits === undefined) return undefined
  const refresher = /;\s*refresher\s*=\s*"?(uac|uas)\b/i.exec(value ?? '')?.[1]?.toLowerCase()
  return {
    seconds: Number(digits),
    refresher: refresher === 'uac' || refresher === 'uas' ? refresher : undefined,
  }
}

function supportsTimer(message: Headers): boolean {
  const all = (name: string) => message.getHeaders?.(name) ?? [message.getHeader(name) ?? '']
  return ['supported', 'k', 'require'].some((name) => all(name).some((value) => /\btimer\b/i.test(value)))
}

/** Table 2 of section 9: who cannot refresh is not asked to; where it is ours to choose, it is whoever called. */
export function termsToAnswer(request: Headers): TimerTerms | undefined {
  const asked = readSessionExpires(request)
  if (!asked || asked.seconds < shortestSeconds) return undefined
  return { seconds: asked.seconds, weRefresh: !supportsTimer(request) || asked.refresher === 'uas' }
}

/** Of a 2xx to a request of ours (section 7.2): we are its `uac`. */
export function termsOfAnswer(response: Headers): TimerTerms | undefined {
  const agreed = readSessionExpires(response)
  if (!agreed || agreed.seconds < shortestSeconds) return undefined
  return { seconds: agreed.seconds, weRefresh: agreed.refresher !== 'uas' }
}

/** A timer of the browser that is longer runs out at once. */
const longestMs = 2 ** 31 - 1

/** Section 10: refreshed at half of it; ended 32 s, or for a short one a third, before its end. */
export function toDeadlines({ seconds, weRefresh }: TimerTerms): { refreshMs?: number; endMs: number } {
  const endMs = Math.min((seconds - Math.min(32, seconds / 3)) * 1000, longestMs)
  return weRefresh ? { refreshMs: Math.min(seconds * 500, longestMs), endMs } : { endMs }
}

export function createSessionTimer({ scope, refresh, expire }: SessionTimerParts): SessionTimer {
  let terms: TimerTerms | undefined
  let stop = () => {}

  const run = (next: TimerTerms | undefined) => {
    stop()
    terms = next
    if (!next) return
    const { refreshMs, endMs } = toDeadlines(next)
    const stops = [scope.after(endMs, expire)]
    if (refreshMs !== undefined) stops.push(scope.after(refreshMs, refresh))
    stop = () => {
      for (const each of stops) each()
      stop = () => {}
    }
  }

  return {
    askHeaders() {
      if (!terms) return []
      // In this transaction we are the `uac`, whoever called (section 7.4).
      const { seconds, weRefresh } = terms
      return [`Session-Expires: ${seconds};refresher=${weRefresh ? 'uac' : 'uas'}`, `Min-SE: ${leastSeconds}`]
    },
    answerHeaders(request) {
      run(termsToAnswer(request))
      if (!terms) return []
      const { seconds, weRefresh } = terms
      const header = `Session-Expires: ${seconds};refresher=${weRefresh ? 'uas' : 'uac'}`
      // Section 9: whoever shall refresh must know how.
      return weRefresh ? [header] : ['Require: timer', header]
    },
    heardAnswer: (response) => run(termsOfAnswer(response)),
  }
}

/** What SIP.js lets us change of a request. */
export interface ChangeableRequest {
  method: string
  extraHeaders: string[]
  setHeader(name: string, value: string): void
  getHeader(name: string): string | undefined
}

/**
 * After 422 (section 7.3): the same request with the interval that the other side or a proxy wants at least. False when
 * it had that already, or none is named.
 */
export function askForLonger(request: ChangeableRequest, response: Headers): boolean {
  const least = Number(/^\s*(\d{1,7})/.exec(response.getHeader('min-se') ?? '')?.[1])
  const asked = request.extraHeaders.flatMap(
    (line) => /^(?:session-expires|x)\s*:\s*(.*)$/i.exec(line)?.[1] ?? [],
  )
  const before = asked[0] ?? request.getHeader('session-expires') ?? ''
  if (request.method !== 'INVITE' || !(least > Number.parseInt(before, 10))) return false
  const refresher = /;\s*refresher=\w+/i.exec(before)?.[0] ?? ''
  request.extraHeaders = request.extraHeaders.filter(
    (line) => !/^(?:session-expires|x|min-se)\s*:/i.test(line),
  )
  request.setHeader('session-expires', `${least}${refresher}`)
  request.setHeader('min-se', String(least))
  return true
}
