// A speaking session at work: says what is queued, in order; flush and stop end it as the dialect does (contract C.6).
//
//   initiating → active → stopped
//
import type { Speaking } from '../store/resources.ts'
import type { World } from '../world.ts'

export interface LiveSpeaking {
  readonly row: Speaking
  /** Whether anything was said yet; the provider is only opened by the first say. */
  readonly opened: boolean
  say(text: string): void
  flush(): void
  stop(): void
}

export function startSpeaking(world: World, row: Speaking): LiveSpeaking {
  const rules = world.dialect.speaking
  const scope = world.scope.child(`speaking ${row.id}`)
  const queue = createQueue(world, row)
  const activate = () => {
    if (row.status !== 'initiating') return
    world.store.speakings.change(row, { status: 'active' })
    world.events.publish('speaking_started', row)
  }
  const speaking: LiveSpeaking = {
    row,
    get opened() {
      return queue.opened
    },
    say: queue.say,
    flush: () => queue.clear(rules.flushSilences(row.provider)),
    stop() {
      queue.clear(true)
      world.speaking.delete(row.id)
      void scope.end()
      if (row.status === 'stopped') return
      world.store.speakings.change(row, { status: 'stopped' })
      world.events.publish('speaking_stopped', row)
    },
  }
  world.speaking.set(row.id, speaking)
  if (rules.bornActive) activate()
  else scope.after(world.timings.speakingStartMs, activate)
  if (rules.endsWithCall) world.live.get(row.reference_id)?.scope.add(() => speaking.stop())
  return speaking
}

/** What is being said, and what waits; clearing may spare the first. */
function createQueue(world: World, row: Speaking) {
  let opened = false
  let waiting: AbortController[] = []
  let current: AbortController | undefined
  const isNoLongerWaiting = (abort: AbortController) => {
    waiting = waiting.filter((one) => one !== abort)
  }
  return {
    get opened() {
      return opened
    },
    say(text: string) {
      opened = true
      const live = world.live.get(row.reference_id)
      // An empty direction or `in` is not heard on the leg itself (contract C.6 items 5, 6); a dead call hears nothing.
      if (!live || (row.direction !== 'out' && row.direction !== 'both')) return
      const abort = new AbortController()
      waiting.push(abort)
      const onStart = () => {
        isNoLongerWaiting(abort)
        current = abort
      }
      void live.mouth
        .say(text, row.language, abort.signal, onStart)
        .catch((error) => world.log.warn('speaking failed', error))
        .finally(() => {
          isNoLongerWaiting(abort)
          if (current === abort) current = undefined
        })
    },
    clear(alsoCurrent: boolean) {
      for (const one of waiting) one.abort()
      waiting = []
      if (alsoCurrent) current?.abort()
    },
  }
}
