// A later start: signs in with what was kept and makes the phone ready, so that it rings without a click.
import { toAppError } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { Environment } from '../common/model/settings.ts'

interface ResumeParts {
  environment(): Environment
  hasStored(): Promise<boolean>
  signIn(by: { by: 'stored' }): Promise<unknown>
  provision(): Promise<unknown>
  subscribe(): Promise<unknown>
  register(): Promise<unknown>
  log: Log
}

/**
 * Runs once, whenever it is asked. Practice waits for its button: it would start a process nobody asked for.
 * A failure stands in the state of its feature.
 */
export function createResume(parts: ResumeParts): () => Promise<void> {
  let begun: Promise<void> | undefined
  return () => {
    begun ??= connect(parts)
    return begun
  }
}

async function connect(parts: ResumeParts): Promise<void> {
  if (parts.environment() === 'practice' || !(await parts.hasStored())) return
  try {
    await parts.signIn({ by: 'stored' })
    // Events first: a call may come as soon as the phone is registered.
    await Promise.all([parts.subscribe(), parts.provision()])
    await parts.register()
  } catch (thrown) {
    parts.log.warn('not connected at start', toAppError(thrown).code)
  }
}
