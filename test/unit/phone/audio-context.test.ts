// The shared AudioContext: awake only while somebody measures or rings.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import { createSharedAudioContext } from '../../../renderer/phone/audio-context.ts'

/** Sleeps and wakes a moment after it was told to, like the browser's. */
class SlowContext {
  state = 'running'
  resume = () => this.become('running')
  suspend = () => this.become('suspended')
  close = () => this.become('closed')
  private async become(state: string) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    this.state = state
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('AudioContext', SlowContext)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the audio context', () => {
  it('sleeps after its last user, and not before', async () => {
    const shared = createSharedAudioContext()
    const [one, two] = [createScope('one'), createScope('two')]
    const context = shared.use(one)
    expect(shared.use(two)).toBe(context)
    await one.end()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(context.state).toBe('running')
    await two.end()
    await vi.advanceTimersByTimeAsync(2000)
    expect(context.state).toBe('suspended')
  })

  it('wakes for a user who comes while it falls asleep', async () => {
    const shared = createSharedAudioContext()
    const one = createScope('one')
    const context = shared.use(one)
    await one.end()
    await vi.advanceTimersByTimeAsync(1010)
    expect(context.state).toBe('running')
    shared.use(createScope('two'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(context.state).toBe('running')
  })
})
