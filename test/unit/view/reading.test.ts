// Reading a transcript: searching, what a screen reader is told, moments, the last line again, the lag, the text to paste.
import { describe, expect, it } from 'vitest'
import { momentOfLine, momentOfTime } from '../../../common/model/moment.ts'
import { aLine, someLines } from '../../../renderer/gallery/people.ts'
import { manyLines } from '../../../renderer/gallery/rows.ts'
import { toLag } from '../../../renderer/view/lag-view.ts'
import { toLastHeard } from '../../../renderer/view/last-heard-view.ts'
import { toMoments, toPress } from '../../../renderer/view/moments-view.ts'
import { captionSizes, toNextSize } from '../../../renderer/view/reading-view.ts'
import { createFinder, toCountText, toNextHit } from '../../../renderer/view/search-view.ts'
import { createAnnouncer } from '../../../renderer/view/spoken-view.ts'
import { toTranscriptText } from '../../../renderer/view/transcript-text.ts'
import { toNaming } from '../../../renderer/view/transcript-view.ts'

const naming = toNaming(someLines, [], 'Mina', 'en-US')

describe('a search in the call', () => {
  const find = (text: string, lines = someLines) => createFinder(text).find(lines)

  it('finds every place, in the order of the lines, whatever the case', () => {
    const found = find('YOU').map(({ index, from, to }) => [index, from, to])
    expect(found).toEqual([
      [1, 15, 18],
      [1, 29, 32],
      [3, 21, 24],
      [3, 51, 54],
    ])
  })
  it.each([
    ['two words, however far apart', 'hear  you', 1],
    ['signs that mean something elsewhere', '.', 10],
    ['nothing for nothing', '  ', 0],
    ['nothing for a backslash', '\\', 0],
    ['nothing in a gap', 'gap', 0],
  ])('takes %s', (_what, text, count) => {
    expect(find(text)).toHaveLength(count)
  })
  it('finds words in scripts without case and without blanks', () => {
    const lines = [
      aLine(0, 'out', '確認番号は四七一一です。'),
      aLine(1, 'in', 'أريد الفاتورة'),
      aLine(2, 'in', 'İstanbul İ'),
    ]
    expect(find('番号', lines)[0]).toMatchObject({ index: 0, from: 2, to: 4 })
    expect(find('الفاتورة', lines)[0]).toMatchObject({ index: 1, from: 5, to: 13 })
    expect(find('İ', lines).map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [9, 10],
    ])
  })
  it('takes each sign of the keyboard as it is, also those between words', () => {
    const signs = 'twenty-one a/b (c) [d] {e} $5 ^ | + * ? ! # % & ~ = : ; , < > @ _'
    for (const word of signs.split(' ')) {
      expect(find(word, [aLine(0, 'out', signs)]), word).not.toEqual([])
    }
  })
  it('of a longer list reads only what is new', () => {
    const lines = manyLines(200)
    let reads = 0
    const counted = lines.map((line) => ({
      ...line,
      get text() {
        reads++
        return line.text
      },
    }))
    const finder = createFinder('speak')
    const before = finder.find(counted).length
    reads = 0
    expect(finder.find([...counted, aLine(999, 'in', 'they speak')])).toHaveLength(before + 1)
    expect(reads).toBe(0)
  })
  it('goes around the ends, and says where it is', () => {
    expect([toNextHit(3, 4, 1), toNextHit(0, 4, -1), toNextHit(0, 0, 1)]).toEqual([0, 3, 0])
    expect([toCountText('you', 1, 4), toCountText('you', 0, 0), toCountText(' ', 0, 0)]).toEqual([
      '2 of 4',
      'Not found',
      '',
    ])
  })
})

describe('what a screen reader is told', () => {
  const told = (parts: Parameters<ReturnType<typeof createAnnouncer>['take']>[], before = someLines) => {
    const announcer = createAnnouncer(before)
    return parts.map((part) => announcer.take(...part))
  }
  const say = (text: string, index: number, more = {}) => aLine(index, 'out', text, more)

  it('is nothing of what was there before, and nothing of interim text', () => {
    const interim = say('and then', 20, { status: 'interim' })
    expect(told([[[...someLines, interim], naming, 'all', 0]])).toEqual([
      { sentences: [], waitMs: undefined },
    ])
  })
  it('is a sentence when it ends, with its speaker once', () => {
    const one = [...someLines, say('I have your', 20)]
    const two = [...one, say('order here.', 21)]
    const [first, second] = told([
      [one, naming, 'them', 0],
      [two, naming, 'them', 1_000],
    ])
    expect(first).toEqual({ sentences: [], waitMs: 2_500 })
    expect(second?.sentences).toEqual([
      { id: 'line-20', text: 'Mina: I have your order here.', lang: undefined },
    ])
  })
  it('is a part of a sentence when nothing followed for a while, or somebody else speaks', () => {
    const one = [...someLines, say('I have your', 20)]
    const [, late] = told([
      [one, naming, 'all', 0],
      [one, naming, 'all', 2_500],
    ])
    expect(late?.sentences.map(({ text }) => text)).toEqual(['Mina: I have your'])
    const [, other] = told([
      [one, naming, 'all', 0],
      [[...one, aLine(21, 'in', 'Yes?')], naming, 'all', 10],
    ])
    expect(other?.sentences.map(({ text }) => text)).toEqual(['Mina: I have your', 'You: Yes?'])
  })
  it.each(['مرحبا؟', '番号です。', 'वह आया।', 'He said “yes.”', 'Really?!'])(
    'takes %s as a whole sentence',
    (text) => {
      const [first] = told([[[...someLines, say(text, 20)], naming, 'all', 0]])
      expect(first?.sentences).toHaveLength(1)
    },
  )
  it('is only of those whose voice is wanted', () => {
    const lines = [...someLines, say('Theirs.', 20), aLine(21, 'in', 'Mine.')]
    const of = (voices: 'them' | 'all' | 'none') =>
      told([[lines, naming, voices, 0]])[0]?.sentences.map(({ text }) => text)
    expect([of('them'), of('all'), of('none')]).toEqual([
      ['Mina: Theirs.'],
      ['Mina: Theirs.', 'You: Mine.'],
      [],
    ])
  })
  it('is each line once, also of one that was fetched into the middle', () => {
    const late = say('Fetched later.', 3, { id: 'late', source: 'rest' })
    const lines = [...someLines.slice(0, 4), late, ...someLines.slice(4)]
    const [first, second] = told([
      [lines, naming, 'all', 0],
      [[...lines], naming, 'all', 9_000],
    ])
    expect(first?.sentences.map(({ id }) => id)).toEqual(['late'])
    expect(second?.sentences).toEqual([])
  })
})

describe('moments', () => {
  const [a, b] = [aLine(0, 'out', 'One.'), aLine(1, 'in', 'Two.')]
  const lines = [a, b]

  it('stand at their line, or after the line that was there then', () => {
    const moments = [momentOfLine('pin', a), momentOfLine('flag', a), momentOfTime('flag', b.arrivedAt + 50)]
    const { rows, marks } = toMoments(lines, moments, a.arrivedAt)
    expect(marks.get(a.id)).toEqual({ own: 'pin flag', after: [] })
    expect(marks.get(b.id)?.after).toEqual([{ kind: 'flag', clock: '0:06' }])
    expect(rows.map(({ text, lineId }) => [text, lineId])).toEqual([
      ['One.', a.id],
      ['One.', a.id],
      [undefined, b.id],
    ])
  })
  it('of a line that is not there any more keep their time, and lead nowhere where there are no lines', () => {
    const { rows } = toMoments([], [momentOfLine('pin', a)], a.arrivedAt - 61_000)
    expect(rows).toEqual([
      { id: `pin-${a.id}`, kind: 'pin', clock: '1:01', text: undefined, lineId: undefined },
    ])
  })
  it('go on and off at a line; without one the time of now is noted, and of interim text too', () => {
    const on = toPress('pin', [], a, 5)
    expect(on).toEqual({ add: momentOfLine('pin', a) })
    expect(toPress('pin', [momentOfLine('pin', a)], a, 5)).toEqual({ remove: `pin-${a.id}` })
    expect(toPress('flag', [momentOfLine('pin', a)], a, 5)).toEqual({ add: momentOfLine('flag', a) })
    expect(toPress('flag', [], undefined, 5)).toEqual({ add: momentOfTime('flag', 5) })
    expect(toPress('flag', [], { ...a, status: 'interim' }, 5)).toEqual({ add: momentOfTime('flag', 5) })
  })
})

describe('the last line again', () => {
  it('is of the other side, and pressed again the one before', () => {
    expect(toLastHeard(someLines, naming, 1)?.id).toBe('line-6')
    expect(toLastHeard(someLines, naming, 2)?.id).toBe('line-3')
    expect(toLastHeard(someLines, naming, 9)).toBeUndefined()
  })
  it('is not what was typed here', () => {
    const typed = { ...naming, typed: new Set(['line-6']) }
    expect(toLastHeard(someLines, typed, 1)?.id).toBe('line-3')
  })
})

describe('the lag', () => {
  const finals = (...values: number[]) => values.map((ms) => ({ status: 'final' as const, ms }))

  it('is not shown where nothing was measured', () => {
    expect(toLag([])).toBeUndefined()
  })
  it('is that of finished text; interim text stands beside it, and alone is none', () => {
    expect(toLag([...finals(900, 700, 800), { status: 'interim', ms: 200 }])?.short).toBe('lag 0.8 s')
    expect(toLag([...finals(900), { status: 'interim', ms: 240 }])?.long).toContain('first text 0.2 s')
    expect(toLag([{ status: 'interim', ms: 240 }])).toBeUndefined()
  })
  it('names a 95th percentile only where there are twenty', () => {
    expect(toLag(finals(900))?.long).not.toContain('95')
    expect(toLag(finals(...Array.from({ length: 20 }, (_, i) => 100 * (i + 1))))?.long).toContain('1.9 s')
  })
})

describe('captions', () => {
  it('grow and shrink step by step, and stop at the ends', () => {
    expect([toNextSize(14, 1), toNextSize(14, -1), toNextSize(15, 1)]).toEqual([16, 12, 16])
    expect([toNextSize(captionSizes.at(-1) ?? 0, 1), toNextSize(captionSizes[0], -1)]).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('the text to paste', () => {
  it('has each line with its time and speaker, and says where events were lost', () => {
    const text = toTranscriptText(someLines, naming)
    expect(text.split('\n')[1]).toBe('[0:07] You: Hi, I can hear you well. Can you read me?')
    expect(text).toContain('\n--- Events interrupted · 1 line fetched afterwards ---\n')
    expect(toTranscriptText(someLines, naming, new Set(['line-2']))).toBe(
      '[0:13] You: I am calling from the office network, on the headset.\n',
    )
  })
})
