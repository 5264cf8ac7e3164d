// Who is reachable where: the contacts of each extension, at most three, each with its own end.
import type { RegisteredContact } from '../line.ts'
import { phoneOf } from './contacts.ts'

/** The fourth device evicts the one closest to its end (contract F.1). */
const MOST_CONTACTS = 3

interface Binding extends RegisteredContact {
  callId: string
  cseq: number
}

export interface Bindings {
  /** Those that have not expired, oldest first. */
  of(extension: string): RegisteredContact[]
  /** Adds or renews. `false`: the request is older than the one that made the binding. */
  put(extension: string, contact: RegisteredContact, callId: string, cseq: number): boolean
  remove(extension: string, uri: string): void
  removeAll(extension: string): void
  clear(): void
}

export function createBindings(now: () => number = Date.now): Bindings {
  const all = new Map<string, Binding[]>()

  const alive = (extension: string): Binding[] => {
    const left = (all.get(extension) ?? []).filter((binding) => binding.expiresAt > now())
    if (left.length > 0) all.set(extension, left)
    else all.delete(extension)
    return left
  }

  return {
    of: (extension) => alive(extension).map(({ uri, expiresAt }) => ({ uri, expiresAt })),
    put(extension, { uri, expiresAt }, callId, cseq) {
      const bindings = [...alive(extension)]
      const known = bindings.find((binding) => phoneOf(binding.uri) === phoneOf(uri))
      // RFC 3261 section 10.3 item 7: a request that was overtaken changes nothing.
      if (known && known.callId === callId && cseq <= known.cseq) return false
      if (known) Object.assign(known, { uri, expiresAt, callId, cseq })
      else {
        if (bindings.length >= MOST_CONTACTS) bindings.splice(bindings.indexOf(closestToEnd(bindings)), 1)
        bindings.push({ uri, expiresAt, callId, cseq })
      }
      all.set(extension, bindings)
      return true
    },
    remove(extension, uri) {
      const left = alive(extension).filter((binding) => phoneOf(binding.uri) !== phoneOf(uri))
      all.set(extension, left)
    },
    removeAll: (extension) => void all.delete(extension),
    clear: () => all.clear(),
  }
}

function closestToEnd(bindings: Binding[]): Binding {
  return bindings.reduce((first, binding) => (binding.expiresAt < first.expiresAt ? binding : first))
}
