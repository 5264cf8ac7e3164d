// The voice falls silent: by its key, with a provider whose flush cuts and with one whose does not, and by the other side.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Bench, type Figure, median, ms, nowMs, quantile, sleep, until } from '../figure.ts'
import { answeredCall } from '../support/call.ts'
import { type BenchCompanion, makeProfile, openBenchCompanion, type Profile } from '../support/companion.ts'
import { type BenchPractice, openBenchPractice } from '../support/practice.ts'

const times = 15
/** So long no sound: then the last one was the end. */
const quietMs = 1_000
/** Practice tells interim words this long after the other side began (`practice/call/far.ts`). */
const recogniserMs = 400
const actions = [
  { type: 'transcribe_start', option: { language: 'en-US' } },
  { type: 'sleep', option: { duration: 600_000 } },
]
/** Without a full stop: a pause would look like silence. Half a minute of speech. */
const words = (turn: number) => Array.from({ length: 90 }, (_, at) => `number ${turn} word ${at}`).join(' ')

type Page = Awaited<ReturnType<BenchCompanion['page']>>
interface Scene {
  practice: BenchPractice
  companion: BenchCompanion
  page: Page
}

export const silence: Bench = {
  name: 'silence',
  about: 'the voice falls silent: by its key, and when the other side begins to speak',
  async run(tell) {
    const practice = await openBenchPractice()
    const profile = makeProfile(practice)
    try {
      const byEnd = await measure({ practice, profile, provider: '' }, pressKey)
      tell(`ends the session: ${byEnd.map(ms).join(', ')}`)
      const byFlush = await measure({ practice, profile, provider: 'gcp' }, pressKey)
      tell(`flushes: ${byFlush.map(ms).join(', ')}`)
      const byOther = await measure({ practice, profile, provider: '' }, letOtherSpeak)
      tell(`the other side: ${byOther.map(ms).join(', ')}`)
      const note = 'To the end of the last 20 ms of sound in the ear, behind the jitter buffer.'
      return [
        toFigure('Silence key → silence, session ended and made anew', 300, byEnd, note),
        toFigure(
          'Silence key → silence, flush',
          300,
          byFlush,
          `With a provider whose flush cuts (gcp). ${note}`,
        ),
        toFigure(
          'The other side begins to speak → the voice is silent',
          300 + recogniserMs,
          byOther,
          `Of it ${recogniserMs} ms are until practice has the first words of the other side, as a recogniser would; the other side itself is not sounding here.`,
        ),
      ]
    } finally {
      await practice.close()
      profile.remove()
    }
  },
}

function toFigure(what: string, goal: number, measured: readonly number[], note: string): Figure {
  const [p50, p95] = [median(measured), quantile(measured, 0.95)]
  return {
    what,
    goal: `p95 ≤ ${goal} ms`,
    measured: `p50 ${ms(p50)}, p95 ${ms(p95)} of ${measured.length}`,
    met: p95 <= goal,
    note,
  }
}

interface Wanted {
  practice: BenchPractice
  profile: Profile
  provider: '' | 'gcp'
}

async function measure({ practice, profile, provider }: Wanted, cut: (scene: Scene) => Promise<number>) {
  const file = path.join(profile.dir, 'settings.json')
  const settings = JSON.parse(readFileSync(file, 'utf8'))
  const voice = { provider, voiceId: '', language: '', heardBy: 'both' }
  const inProfile = settings.profiles?.map((one: object) => ({ ...one, voice }))
  const more = inProfile ? { profiles: inProfile } : { voice }
  writeFileSync(file, JSON.stringify({ ...settings, ...more, bargeIn: cut === letOtherSpeak }))
  const companion = openBenchCompanion(practice, { profile, mic: 'hush', debugging: true })
  try {
    await companion.registered()
    const page = await companion.page()
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await answeredCall({ practice, companion, page }, actions, 300)
    const box = page.getByLabel('Text to say')
    await box.waitFor()
    await sleep(1_500)
    const measured: number[] = []
    for (let turn = 0; turn < times; turn++) {
      const saidAt = nowMs()
      await box.fill(words(turn))
      await box.press('Enter')
      await companion.heard(saidAt)
      await sleep(1_000)
      const cutAt = await cut({ practice, companion, page })
      const lastAt = await until('silence', () => {
        const last = companion.lastSound()
        return last?.edge === 'end' && Date.now() - last.at > quietMs ? last.at : undefined
      })
      measured.push(Math.max(0, lastAt - cutAt))
      // What the other side says is over before the next text.
      if (cut === letOtherSpeak) await sleep(2_500)
    }
    await practice.hangUp()
    return measured
  } finally {
    await companion.close()
  }
}

/** When the key went down, by the clock of the page. */
async function pressKey({ page }: Scene): Promise<number> {
  await page.evaluate(() => {
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === '.') globalThis.silencedAt = performance.timeOrigin + event.timeStamp
      },
      { capture: true },
    )
  })
  await page.keyboard.press('Control+.')
  return page.evaluate(() => globalThis.silencedAt ?? 0)
}

async function letOtherSpeak({ practice }: Scene): Promise<number> {
  const { calls } = await practice.look()
  const callId = calls.find(({ status }) => status === 'progressing')?.id ?? ''
  const at = nowMs()
  await practice.ask.pull({
    pull: 'farSpeech',
    callId,
    text: 'no wait please',
    sounding: false,
  })
  return at
}

declare global {
  var silencedAt: number | undefined
}
