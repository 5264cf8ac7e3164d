// Enter in the speak panel → the first sound of those words in the ear.
import { type Bench, median, ms, quantile, sleep, until } from '../figure.ts'
import { answeredCall } from '../support/call.ts'
import { makeProfile, openBenchCompanion } from '../support/companion.ts'
import { openBenchPractice } from '../support/practice.ts'

const says = 20
/** Longer than the pause after which the companion takes an item as spoken. */
const quietMs = 1_000

const actions = [{ type: 'sleep', option: { duration: 600_000 } }]
const words = (i: number) => `Sentence number ${i + 1} goes out now.`

export const say: Bench = {
  name: 'say',
  about: 'typed text to the first sound in the ear',
  async run(tell) {
    const practice = await openBenchPractice()
    const profile = makeProfile(practice)
    const companion = openBenchCompanion(practice, { profile, mic: 'hush', debugging: true })
    try {
      await companion.registered()
      const page = await companion.page()
      await page.getByRole('button', { name: 'Call', exact: true }).click()
      await answeredCall({ practice, companion, page }, actions, 300)
      const box = page.getByLabel('Text to say')
      await box.waitFor()
      await page.evaluate(() => {
        addEventListener(
          'keydown',
          (event) => {
            if (event.key === 'Enter') globalThis.pressedAt = performance.timeOrigin + event.timeStamp
          },
          { capture: true },
        )
      })
      await sleep(1_500)
      const times: number[] = []
      for (let i = 0; i < says; i++) {
        await box.fill(words(i))
        await box.press('Enter')
        const pressedAt = await page.evaluate(() => globalThis.pressedAt ?? 0)
        times.push((await companion.heard(pressedAt)) - pressedAt)
        await until('quiet', () => {
          const last = companion.lastSound()
          return last?.edge === 'end' && Date.now() - last.at > quietMs
        })
      }
      tell(times.map((time) => ms(time)).join(', '))
      const [p50, p95] = [median(times), quantile(times, 0.95)]
      return [
        {
          what: 'Say → first sound in the ear, practice',
          goal: 'p95 ≤ 400 ms',
          measured: `p50 ${ms(p50)}, p95 ${ms(p95)} of ${times.length}`,
          met: p95 <= 400,
          note: `From the key press to the first 20 ms of sound, each text new to the voice (${practice.address.voice}).`,
        },
      ]
    } finally {
      await companion.close()
      await practice.close()
      profile.remove()
    }
  },
}

declare global {
  var pressedAt: number | undefined
}
