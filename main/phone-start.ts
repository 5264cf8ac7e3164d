// What the phone registers with: the extension's login, the candidate edges, an identity that stays the same.
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import type { PhoneStart } from '../common/bridge/table.ts'
import { AppError } from '../common/kit/errors.ts'
import type { SignedIn } from '../common/model/account.ts'
import type { Settings } from '../common/model/settings.ts'
import type { ExtensionLogin } from './extension/extension.ts'
import type { Addresses } from './platform/addresses.ts'
import type { TurnPasswords } from './turn/turn-passwords.ts'

export interface PhoneStartParts {
  /** Throws `extension.missing`. */
  login(): ExtensionLogin
  signedIn(): SignedIn | undefined
  settings(): Settings
  addresses(): Addresses
  turn: Pick<TurnPasswords, 'complete'>
  /** Where the phone connects instead of to an edge that only main can check. */
  doorTo(edge: string): Promise<string | undefined>
  dataDir: string
}

/** Short enough that a dead contact does not ring for long (contract F.1). */
const expiresSeconds = 300

export function createPhoneStart(parts: PhoneStartParts): () => Promise<PhoneStart> {
  return async () => {
    const { domain, username, password } = parts.login()
    const signedIn = parts.signedIn()
    if (!signedIn) throw new AppError('account.signedOut')
    const { iceServers, secondCall, lastEdge } = parts.settings()
    // The edge that worked goes first next time (contract F.2).
    const edges = parts.addresses().edgesOf(signedIn.customerId, lastEdge)
    const doors = await openDoors(edges, parts.doorTo)
    return {
      domain,
      username,
      password,
      edges,
      ...(doors ? { doors } : {}),
      iceServers: await parts.turn.complete(iceServers),
      expiresSeconds,
      instanceId: toInstanceId(parts.dataDir),
      secondCall,
    }
  }
}

/** The same for every start of this profile, another for each machine and profile (RFC 5626 section 4.1). */
function toInstanceId(dataDir: string): string {
  const hash = createHash('sha256').update(`${hostname()}\n${dataDir}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

async function openDoors(
  edges: readonly string[],
  doorTo: PhoneStartParts['doorTo'],
): Promise<Record<string, string> | undefined> {
  const doors: Record<string, string> = {}
  for (const edge of edges) {
    const door = await doorTo(edge)
    if (door !== undefined) doors[edge] = door
  }
  return Object.keys(doors).length > 0 ? doors : undefined
}
