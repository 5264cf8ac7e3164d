// Whether the machine came back to a network; told once.
import type { Scope } from '../../common/kit/scope.ts'

/** The function that is returned is true once after each `online` of the page. */
export function watchNetwork(scope: Scope): () => boolean {
  let changed = false
  const onOnline = () => {
    changed = true
  }
  globalThis.addEventListener('online', onOnline)
  scope.add(() => globalThis.removeEventListener('online', onOnline))
  return () => {
    const was = changed
    changed = false
    return was
  }
}
