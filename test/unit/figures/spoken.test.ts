import { expect, it } from 'vitest'
import { toHeardSpread, toSilenceSpread, toSpoken } from '../../../common/figures/spoken.ts'
import { compareWords, couldShare } from '../../../common/figures/words.ts'
import { aFlight, aLine, aSound } from '../../support/flight.ts'

it.each([
  ['Hello, World!', 'hello world', 0],
  ['one two three four', 'one too three four', 0.25],
  ['one two', 'one two three', 0.5],
  ['one two three four', 'one two', 0.5],
  ['it’s', "it's", 0],
  ['あいう', 'あう', 1 / 3],
])('counts the words of “%s” that are wrong in “%s”', (said, written, rate) => {
  expect(compareWords(said, written)?.errorRate).toBeCloseTo(rate)
})

it('has no error rate where nothing was said, and shows what stands in which text', () => {
  expect(compareWords('…', 'one')?.errorRate).toBeNull()
  expect(compareWords('spoken into the call', 'spoken in the call')?.pieces).toEqual([
    { text: 'spoken', in: 'both' },
    { text: 'into', in: 'said' },
    { text: 'in', in: 'transcribed' },
    { text: 'the call', in: 'both' },
  ])
})

it('does not compare texts that differ in more than a thousand words: that would take the window for seconds', () => {
  expect(compareWords('あ'.repeat(1_500), 'い'.repeat(1_500))).toBeUndefined()
  expect(compareWords('あ'.repeat(1_500), 'あ'.repeat(1_400))).toMatchObject({ count: 1_500, shared: 1_400 })
})

it('tells beforehand how much two texts could share, each word counted once', () => {
  expect(couldShare('One two two three', 'three, two, ONE')).toBe(0.75)
  expect(couldShare('…', 'one')).toBe(0)
})

const say = (t: number, id: string, status: string, text: string) => ({
  kind: 'say' as const,
  t,
  id,
  status,
  text,
})

it('puts said, heard and transcribed of each text side by side', () => {
  const flight = aFlight([
    say(1_000, 'a', 'sent', 'The first text'),
    say(1_400, 'a', 'speaking', 'The first text'),
    say(1_400, 'a', 'heard', 'The first text'),
    aSound(1_400, 'ear', 'start'),
    aSound(2_400, 'ear', 'end'),
    aLine(3_000, 'l1', 'the first test'),
    say(4_000, 'b', 'sent', 'Nobody hears this'),
  ])
  const [first, second] = toSpoken(flight)
  expect(first).toMatchObject({ heardMs: 400, soundMs: 1_000, transcribed: 'the first test' })
  expect(first?.wordErrors).toBeCloseTo(1 / 3)
  expect(second).toMatchObject({ heardMs: null, soundMs: null, transcribed: null, wordErrors: null })
  expect(toHeardSpread(toSpoken(flight))).toMatchObject({ count: 1, p50: 400 })
})

it('takes no line for a text that shares hardly a word with it', () => {
  const flight = aFlight([say(0, 'a', 'sent', 'Please wait a moment'), aLine(900, 'l', 'what a day')])
  expect(toSpoken(flight)[0]?.transcribed).toBeNull()
})

it('measures silence from the request to the end of the sound, and says when there was none', () => {
  const asked = { kind: 'action' as const, t: 2_000, title: 'speaking.flush' }
  const flight = aFlight([aSound(1_000, 'ear', 'start'), asked, aSound(2_180, 'ear', 'end')])
  expect(toSilenceSpread(flight)).toMatchObject({ count: 1, p50: 180 })
  expect(toSilenceSpread(aFlight([asked])).why?.text).toMatch(/Nothing was sounding/)
  expect(toSilenceSpread(aFlight()).why?.text).toMatch(/Nobody asked/)
})

it('takes the first sound after a text for it where the call did not say so, unless something was sounding then', () => {
  const sent = say(1_000, 'a', 'sent', 'One text')
  const after = [sent, aSound(1_700, 'ear', 'start'), aSound(2_400, 'ear', 'end')]
  expect(toSpoken(aFlight(after))[0]?.heardMs).toBe(700)
  expect(toSpoken(aFlight([aSound(500, 'ear', 'start'), ...after]))[0]?.heardMs).toBeNull()
})
