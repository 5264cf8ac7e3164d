// What the doctor looks at, derived from the settings: also before signing in, when the customer is not known yet.

import type { Settings } from '../../common/model/settings.ts'
import { type PracticeAddresses, toAddresses } from '../platform/addresses.ts'
import type { Target } from './check.ts'

/** Stands for a customer that is not known; candidates that need one are left out. */
const nobody = 'customer'

/** Throws `app.inputInvalid` for a custom environment without an address, `app.practiceFailed` without practice. */
export function toTarget(
  settings: Settings,
  iceServers: Target['iceServers'],
  more: { customerId?: string | undefined; practice?: PracticeAddresses | undefined } = {},
): Target {
  const addresses = toAddresses(settings, more.practice)
  const edges = () => {
    try {
      return addresses.edgesOf(more.customerId ?? nobody)
    } catch {
      // Below an IP address there are no names: the edge has to be given.
      return []
    }
  }
  return {
    apiUrl: new URL(addresses.apiUrl),
    edges: edges().filter((edge) => !edge.includes(`//${nobody}.`)),
    iceServers,
  }
}
