// A browser does not tell why a WebSocket was refused. When no SIP edge lets us in, main looks why: name or certificate.
import { AppError, type ErrorData } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { Environment } from '../common/model/settings.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import { findFault, type Reach, UntrustedError } from './platform/tls.ts'
import { toErrno } from './platform/translate.ts'

interface EdgeTrustParts {
  phone: PhoneMirror['store']
  /** What the phone tries now; may throw when nobody is signed in. */
  edges(): string[]
  reach: Reach
  environment(): Environment
  notice(error: ErrorData): void
  /** For tests. */
  findFault?: typeof findFault
}

export function watchEdgeTrust(scope: Scope, parts: EdgeTrustParts): void {
  const find = parts.findFault ?? findFault
  /** One look at an edge and a set of pins is enough. */
  const seen = new Set<string>()

  const look = async () => {
    const nameless: string[] = []
    const edges = parts.edges().filter((edge) => edge.startsWith('wss:'))
    for (const edge of edges) {
      const key = `${edge} ${JSON.stringify(parts.reach.pins)}`
      if (seen.has(key)) continue
      seen.add(key)
      const fault = await find(new URL(edge), parts.reach)
      if (scope.ended) return
      if (fault instanceof UntrustedError)
        return parts.notice(new AppError('sip.untrusted', { detail: fault.message }).toData())
      if (fault && isNameUnknown(fault)) nameless.push(new URL(edge).hostname)
    }
    // One name that resolves says that names are not what is wrong.
    if (nameless.length === 0 || nameless.length < edges.length) return
    // The API is reached, or nobody would register: only the names of the edge are missing (contract I.40).
    const code = parts.environment() === 'sandbox' ? 'sandbox.dns' : 'sip.nameUnknown'
    parts.notice(new AppError(code, { detail: nameless.join(', ') }).toData())
  }
  scope.add(
    parts.phone.subscribe(({ registration }, before) => {
      if (registration === before.registration || registration.status !== 'waiting') return
      if (registration.error.code === 'sip.unreachable') void look().catch(() => {})
    }),
  )
}

const isNameUnknown = (fault: Error) => ['ENOTFOUND', 'EAI_AGAIN'].includes(toErrno(fault))
