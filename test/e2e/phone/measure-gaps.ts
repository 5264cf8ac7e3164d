// How long a caller hears nothing when devices change in mid-call: node test/e2e/phone/measure-gaps.ts [times]. Prints
// figures, judges nothing. The first row is what the machine costs by itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chooseDevice, chooseProcessing } from '../../../common/model/devices.ts'
import { defaultSettings, type Settings } from '../../../common/model/settings.ts'
import { writeSound } from '../../bench/support/sound.ts'
import { phoneState, ring, startPhone, until } from '../../support/bare-call.ts'
import { openBarePhone } from '../../support/bare-phone.ts'
import { listenForGaps } from '../../support/longest-silence.ts'
import { plugIn, preparePlugs, unplug } from '../../support/page-devices.ts'

const times = Number(process.argv[2] ?? 5)
const folder = mkdtempSync(path.join(tmpdir(), 'gaps-'))
const bare = await openBarePhone({ devices: 3, microphone: { wav: writeSound(folder, 'tone') } })
const gaps = new Map<string, number[]>()
try {
  await preparePlugs(bare.page)
  await startPhone(bare)
  await bare.page.evaluate(() => globalThis.bare.phone.warmUp())
  const { devices: there } = await phoneState(bare)
  const call = await ring(bare)
  const heard = listenForGaps(call.leg)
  await call.answer()
  await until('sound at the caller', () => call.heard.loud > 50)

  const use = (devices: Settings['devices']) =>
    bare.page.evaluate((next) => globalThis.bare.phone.useDevices(next), devices)
  const measure = async (what: string, change: () => Promise<unknown>) => {
    heard.mark()
    await change()
    const from = heard.frames
    await until('a second and a half after it', () => heard.frames > from + 75)
    gaps.set(what, [...(gaps.get(what) ?? []), heard.longestSilence()])
  }
  const second = there.inputs.at(-1)?.id ?? ''
  const speaker = there.outputs.at(-1)?.id ?? ''
  const own = defaultSettings.devices
  const chosen = chooseDevice(own, 'microphone', second, there)
  for (let i = 0; i < times; i++) {
    await measure('nothing changes', async () => {})
    await measure('another microphone', () => use(chosen))
    await measure('another speaker', () => use(chooseDevice(chosen, 'speaker', speaker, there)))
    await measure('echo cancellation off', () =>
      use(chooseProcessing(chosen, second, { echoCancellation: false })),
    )
    await measure('and on', () => use(chosen))
    await measure('noise suppression off', () =>
      use(chooseProcessing(chosen, second, { noiseSuppression: false })),
    )
    await measure('and on again', () => use(chosen))
    await measure('unplugged', () => unplug(bare.page, [second]))
    await measure('plugged in again', () => plugIn(bare.page, [second]))
    await measure('the default of the system', () => use(own))
  }
  for (const [what, all] of gaps) {
    const sorted = all.toSorted((a, b) => a - b)
    console.log(
      `${what}: median ${sorted[Math.floor(sorted.length / 2)]} ms, most ${sorted.at(-1)} ms of ${times}`,
    )
  }
} finally {
  await bare.close()
  rmSync(folder, { recursive: true, force: true })
}
