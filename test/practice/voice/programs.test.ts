// The speech programs of this machine. Where one is missing its tests are skipped, and say so.
import { describe, expect, it } from 'vitest'
import { decodeUlaw, encodeUlaw } from '../../../practice/media/g711.ts'
import { findProgram, run } from '../../../practice/voice/child.ts'
import { levelOf } from '../../../practice/voice/level.ts'
import { openRecogniser } from '../../../practice/voice/recogniser.ts'
import { openVoice } from '../../../practice/voice/voice.ts'
import { createVoiceActivity } from '../../../practice/voice/voice-activity.ts'

const hasEspeak = (await findProgram('espeak-ng')) !== undefined
const recogniser = await openRecogniser()
if (!hasEspeak) console.warn('espeak-ng is not installed: its tests are skipped')
if (recogniser.name === 'none') console.warn('pocketsphinx is not installed: its tests are skipped')

describe('a child process', () => {
  const node = process.execPath

  it('gets its text and gives its bytes', async () => {
    const args = ['-e', 'process.stdin.pipe(process.stdout)']
    expect(String(await run(node, args, { input: '--hé 🎉', timeoutMs: 10_000, mostBytes: 100 }))).toBe(
      '--hé 🎉',
    )
  })

  it('is ended when it takes too long, writes too much, fails or is not there', async () => {
    const hang = run(node, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 50, mostBytes: 100 })
    await expect(hang).rejects.toThrow('took longer than 50 ms')
    const flood = run(node, ['-e', "for (;;) process.stdout.write('x'.repeat(1000))"], {
      timeoutMs: 10_000,
      mostBytes: 5_000,
    })
    await expect(flood).rejects.toThrow('wrote too much')
    await expect(run(node, ['-e', 'process.exit(3)'], { timeoutMs: 10_000, mostBytes: 10 })).rejects.toThrow(
      'ended with 3',
    )
    await expect(run('/no/such/program', [], { timeoutMs: 1_000, mostBytes: 10 })).rejects.toThrow('ENOENT')
  })

  it('may end without reading what it is given', async () => {
    const out = run(node, ['-e', 'process.exit(0)'], {
      input: 'x'.repeat(1_000_000),
      timeoutMs: 10_000,
      mostBytes: 10,
    })
    expect(await out).toHaveLength(0)
  })
})

describe.skipIf(!hasEspeak)('the system voice', async () => {
  const voice = await openVoice()

  it('names itself', () => {
    expect(voice.name).toMatch(/^espeak-ng \d/)
  })

  it.each([
    ['a sentence', 'Hello, can you hear me?'],
    ['an emoji', '🎉'],
    ['an option', '--version'],
    ['two dashes', '-- -f /etc/passwd'],
    ['markup', '<speak><break time="10s"/>hi & bye</speak>'],
    ['phonemes', '[[h@loU]] you'],
    ['control characters', 'a\u0000\u0007b\r\n'],
    ['half a surrogate', 'a \ud83d b'],
  ])('speaks %s as sound of a sensible length', async (_name, text) => {
    const pcm = await voice.synthesise(text, 'en-US')
    expect(pcm.length).toBeGreaterThan(1_000)
    expect(pcm.length).toBeLessThan(8_000 * 15)
    expect(levelOf(pcm)).toBeGreaterThan(300)
  })

  it('speaks 5,000 bytes', async () => {
    const pcm = await voice.synthesise('This is a long text. '.repeat(238), 'en-US')
    expect(pcm.length).toBeGreaterThan(8_000 * 100)
  })

  it('speaks English where it does not know the language', async () => {
    expect(levelOf(await voice.synthesise('Hello', 'xx-YY'))).toBeGreaterThan(300)
  })

  it('is heard by the voice activity after a trip over the telephone', async () => {
    const pcm = decodeUlaw(encodeUlaw(await voice.synthesise('One. Two. Three. Four.', 'en-US')))
    const activity = createVoiceActivity()
    const starts: number[] = []
    activity.onStart((offset) => starts.push(offset))
    for (let i = 0; i < 25; i++) activity.push(new Int16Array(160))
    for (let i = 0; i + 160 <= pcm.length; i += 160) activity.push(pcm.subarray(i, i + 160))
    activity.flush()
    expect(starts.length).toBeGreaterThanOrEqual(1)
  })
})

describe.skipIf(recogniser.name === 'none')('the recogniser', async () => {
  it('hears words in speech and none in silence', async () => {
    const voice = await openVoice()
    // Which words is more than it promises (it was trained on other voices).
    const speech = await voice.synthesise('Hello, can you hear me? My name is Anna.', 'en-US')
    expect(await recogniser.recognise(speech)).toMatch(/[a-z]+ [a-z]+/)
    expect(await recogniser.recognise(new Int16Array(0))).toBeUndefined()
  })

  it('gives up on those who come when too many wait, instead of answering minutes later', async () => {
    const blip = new Int16Array(800)
    const all = Array.from({ length: 12 }, () => recogniser.recognise(blip).then(() => 'done'))
    const first = await Promise.race(all.map((one, place) => one.then(() => place)))
    expect(first).toBeGreaterThanOrEqual(8)
    await Promise.all(all)
  })
})
