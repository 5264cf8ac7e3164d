// The state of a leg, who listens to it, and the lifetime that ends with it.
import { createScope, type Scope } from '../../common/kit/scope.ts'
import type { LegEnd, LegState } from '../line.ts'
import { createListeners } from '../media/listeners.ts'

export interface LegLife {
  readonly scope: Scope
  readonly state: LegState
  readonly ended: boolean
  onChange(listener: (state: LegState) => void): () => void
  ringing(): void
  answered(): void
  /** Only the first end counts. */
  end(by: 'local' | 'remote', why: LegEnd, sipStatus?: number): void
  /** Resolves when it has ended. */
  over(): Promise<void>
}

export function createLegLife(name: string, log: (line: string) => void): LegLife {
  const scope = createScope(name)
  const changes = createListeners<LegState>()
  let state: LegState = { status: 'calling' }

  const change = (next: LegState) => {
    if (state.status === 'ended') return
    state = next
    log(`${name} ${next.status}${next.status === 'ended' ? `: ${next.why}` : ''}`)
    changes.tell(next)
    if (next.status !== 'ended') return
    changes.clear()
    void scope.end()
  }

  return {
    scope,
    get state() {
      return state
    },
    get ended() {
      return state.status === 'ended'
    },
    onChange: changes.add,
    ringing() {
      if (state.status === 'calling') change({ status: 'ringing', at: Date.now() })
    },
    answered: () => change({ status: 'answered', at: Date.now() }),
    end: (by, why, sipStatus) =>
      change({ status: 'ended', at: Date.now(), by, why, ...(sipStatus === undefined ? {} : { sipStatus }) }),
    over: () =>
      new Promise((resolve) => {
        if (state.status === 'ended') return resolve()
        changes.add((next) => {
          if (next.status === 'ended') resolve()
        })
      }),
  }
}
