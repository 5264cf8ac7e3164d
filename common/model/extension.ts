// The SIP extension of this machine on the platform.
import type { ErrorData } from '../kit/errors.ts'

/**   none → provisioning → ready → provisioning (rotate) → ready | none (removed);   provisioning → failed   */
export type Extension =
  | { status: 'none' }
  | { status: 'provisioning' }
  | ({ status: 'ready' } & ReadyExtension)
  | { status: 'failed'; error: ErrorData }

export interface ReadyExtension {
  id: string
  /** The extension value; `name` on the platform is made equal to it (contract C.1). */
  extension: string
  /** `<customer id>.registrar.<base domain>`: SIP domain and digest realm (contract F.1). */
  domain: string
  outcome: 'found' | 'created' | 'rotated'
  provenAt: number
}
