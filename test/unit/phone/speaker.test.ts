// The chosen output against one that the browser refuses: what was refused is told, tried again, and never outlives a newer choice.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import { createSpeaker } from '../../../renderer/phone/speaker.ts'

describe('the speaker', () => {
  afterEach(() => void vi.unstubAllGlobals())

  const setUp = () => {
    const sinks: string[] = []
    const t = { fails: new Map<string, Promise<void>>() }
    class Audio {
      volume = 1
      sinkId = ''
      srcObject: unknown
      async play() {}
      pause() {}
      async setSinkId(id: string) {
        sinks.push(id)
        await t.fails.get(id)
        if (t.fails.has(id)) throw new Error('no such output')
        this.sinkId = id
      }
    }
    vi.stubGlobal('Audio', Audio)
    const told: boolean[] = []
    const speaker = createSpeaker(
      () => {},
      (refused) => told.push(refused),
    )
    speaker.play(createScope('one'), {} as MediaStream)
    return { t, sinks, told, speaker }
  }

  it('that cannot be used is told, and tried again when it is chosen again', async () => {
    const { t, sinks, told, speaker } = setUp()
    t.fails.set('a', Promise.resolve())
    await speaker.choose('a')
    expect([sinks, told]).toEqual([['a', ''], [true]])
    t.fails.clear()
    await speaker.choose('a')
    expect(sinks).toEqual(['a', '', 'a'])
    expect(told).toEqual([true, false])
    await speaker.choose('a')
    expect(sinks).toHaveLength(3)
  })

  it('that fails late leaves the one that was chosen meanwhile', async () => {
    const { t, sinks, told, speaker } = setUp()
    let fail = () => {}
    t.fails.set('slow', new Promise((resolve) => (fail = resolve)))
    const first = speaker.choose('slow')
    await speaker.choose('b')
    fail()
    await first
    expect(sinks).toEqual(['slow', 'b'])
    expect([told, speaker.refused()]).toEqual([[], false])
  })
})
