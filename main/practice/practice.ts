// The practice platform as main uses it: started when needed, one at a time, in the dialect of the settings.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Practice } from '../../common/model/app-state.ts'
import type { Dialect } from '../../common/model/settings.ts'
import type { Host, PracticeAddress } from '../host.ts'

export interface PracticeFeature {
  /** Starts it unless it runs in this dialect; callers at the same time share one start. */
  start(dialect: Dialect): Promise<void>
  stop(): Promise<void>
  /** Nothing while it does not run. */
  address(): PracticeAddress | undefined
}

export interface PracticeParts {
  openPractice: Host['openPractice']
  set(practice: Practice): void
}

interface Running {
  scope: Scope
  dialect: Dialect
  opening: Promise<void>
  address: PracticeAddress | undefined
}

/**   off → starting → running → off;   starting → failed → starting   */
export function createPractice(scope: Scope, parts: PracticeParts): PracticeFeature {
  let running: Running | undefined

  const open = async (entry: Running) => {
    parts.set({ status: 'starting' })
    try {
      const address = await parts.openPractice(entry.scope, { dialect: entry.dialect })
      if (running !== entry) throw new AppError('app.stopped', { detail: 'practice' })
      entry.address = address
      const { apiUrl, edgeUrl, voice, recogniser } = address
      parts.set({ status: 'running', apiUrl, edgeUrl, voice, recogniser })
    } catch (thrown) {
      const cause = toAppError(thrown)
      const error =
        cause.code === 'app.unexpected'
          ? new AppError('app.practiceFailed', { cause, detail: cause.detail })
          : cause
      await entry.scope.end()
      if (running === entry) {
        running = undefined
        parts.set({ status: 'failed', error: error.toData() })
      }
      throw error
    }
  }
  const stop = async () => {
    const entry = running
    running = undefined
    if (!entry) return
    parts.set({ status: 'off' })
    await entry.scope.end()
  }

  return {
    async start(dialect) {
      if (running && running.dialect !== dialect) await stop()
      if (!running) {
        const entry: Running = {
          scope: scope.child('practice'),
          dialect,
          opening: Promise.resolve(),
          address: undefined,
        }
        running = entry
        entry.opening = open(entry)
      }
      await running.opening
    },
    stop,
    address: () => running?.address,
  }
}
