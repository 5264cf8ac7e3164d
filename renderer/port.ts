// Where the window finds its way to main: each shell puts a Port on the page before any script runs.
import type { Port } from '../common/kit/port.ts'

declare global {
  var companionPort: Port | undefined
}

/** Nothing in the gallery and in a plain browser tab. */
export function findPort(): Port | undefined {
  return globalThis.companionPort
}
