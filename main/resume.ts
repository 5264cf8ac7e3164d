// A later start: signs in with what was kept and makes the phone ready, so that it rings without a click.
import { toAppError } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { Environment } from '../common/model/settings.ts'

interface ResumeParts {
  environment(): Environment
  /** Somebody has signed in already, or is about to. */
  isTaken(): boolean
  hasStored(): Promise<boolean>
  signIn(by: { by: 'stored' }): Promise<unknown>
  provision(): Promise<unknown>
  subscribe(): Promise<unknown>
  register(): Promise<unknown>
  log: Log
}

export interface Resume {
  /** Runs once, whenever it is asked. Practice waits for its button: it would start a process nobody asked for. */
  start(): Promise<void>
  /** Somebody has signed in: finds the extension, subscribes and registers. Never fails. */
  ready(): Promise<unknown>
  /** After what stood in the way was cleared; resolves when the sign-in is decided, the rest follows by itself. */
  again(): Promise<void>
}

/** A failure stands in the state of its feature. */
export function createResume(parts: ResumeParts): Resume {
  let begun: Promise<void> | undefined
  const connect = async () => {
    if (await signInStored(parts)) await makeReady(parts)
  }
  return {
    start() {
      begun ??= connect()
      return begun
    },
    ready: () => makeReady(parts),
    async again() {
      if (await signInStored(parts)) void makeReady(parts)
    },
  }
}

async function signInStored(parts: ResumeParts): Promise<boolean> {
  if (parts.environment() === 'practice' || !(await parts.hasStored())) return false
  // A second sign-in would leave nobody signed in while it lasts, under the feet of the first.
  if (parts.isTaken()) return false
  return orWarn(parts, () => parts.signIn({ by: 'stored' }))
}

const makeReady = (parts: ResumeParts) =>
  orWarn(parts, async () => {
    // Events first: a call may come as soon as the phone is registered.
    await Promise.all([parts.subscribe(), parts.provision()])
    await parts.register()
  })

async function orWarn({ log }: ResumeParts, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (thrown) {
    log.warn('not connected by itself', toAppError(thrown).code)
    return false
  }
}
