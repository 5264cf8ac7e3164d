// A browser does not tell why a WebSocket was refused. When no SIP edge lets us in, main looks whether it was the certificate.
import { AppError, type ErrorData } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { Pin } from '../common/model/settings.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'

interface EdgeTrustParts {
  phone: PhoneMirror['store']
  /** What the phone tries now; may throw when nobody is signed in. */
  edges(): string[]
  pins(): readonly Pin[]
  findUntrusted(url: URL, pins: readonly Pin[]): Promise<Error | undefined>
  notice(error: ErrorData): void
}

export function watchEdgeTrust(scope: Scope, parts: EdgeTrustParts): void {
  /** One look at an edge and a set of pins is enough. */
  const seen = new Set<string>()

  const look = async () => {
    for (const edge of parts.edges()) {
      if (!edge.startsWith('wss:')) continue
      const pins = parts.pins()
      const key = `${edge} ${JSON.stringify(pins)}`
      if (seen.has(key)) continue
      seen.add(key)
      const fault = await parts.findUntrusted(new URL(edge), pins)
      if (scope.ended) return
      if (fault) return parts.notice(new AppError('sip.untrusted', { detail: fault.message }).toData())
    }
  }
  scope.add(
    parts.phone.subscribe(({ registration }, before) => {
      if (registration === before.registration || registration.status !== 'waiting') return
      if (registration.error.code === 'sip.unreachable') void look().catch(() => {})
    }),
  )
}
