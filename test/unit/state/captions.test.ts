// Lines on the screen beside the sounds of their call: which lag comes of them.
import { expect, it } from 'vitest'
import { aLine } from '../../../renderer/gallery/people.ts'
import { createCaptions, type ShownLine } from '../../../renderer/state/captions.ts'

function open() {
  let now = 0
  const captions = createCaptions(
    () => now,
    () => now + 0.5,
  )
  const at = (ms: number) => {
    now = ms
  }
  const sound = (from: number, to: number, where: 'ear' | 'microphone' = 'ear') => {
    captions.takeSound({ sessionId: 's', where, edge: 'start', at: from })
    captions.takeSound({ sessionId: 's', where, edge: 'end', at: to })
  }
  const show = (ms: number, line: ReturnType<typeof aLine>) => {
    at(ms)
    captions.takeShown('s', [line])
  }
  return { captions, sound, show }
}
const final = (direction: 'in' | 'out' = 'out') => aLine(0, direction, 'Yes.')
const interim = aLine(1, 'out', 'Ye', { status: 'interim' })

it('an utterance is measured from its end to its first interim and its first final text', () => {
  const { captions, sound, show } = open()
  sound(1_000, 2_000)
  show(2_300, interim)
  show(2_400, interim)
  show(2_900, final())
  expect(captions.lags('s')).toEqual([
    { status: 'interim', ms: 300 },
    { status: 'final', ms: 900 },
  ])
})
it('nothing is measured without sound, without text, of the own voice, or of another call', () => {
  const { captions, sound, show } = open()
  show(500, final())
  sound(1_000, 2_000, 'microphone')
  show(2_500, final('in'))
  expect(captions.lags('s')).toEqual([])
  sound(3_000, 4_000)
  show(4_500, final('in'))
  expect(captions.lags('s')).toEqual([])
  expect(captions.lags('other')).toEqual([])
})
it('text that came while somebody still spoke has no lag', () => {
  const { captions, sound, show } = open()
  show(1_500, final())
  sound(1_000, 2_000)
  expect(captions.lags('s')).toEqual([])
})
it('whoever listens hears of every line, with both clocks', () => {
  const { captions, show } = open()
  const heard: ShownLine[] = []
  captions.onShown((lines) => heard.push(...lines))
  show(700, final('in'))
  expect(heard).toMatchObject([{ id: 'line-0', status: 'final', at: 700, t: 700.5 }])
})
