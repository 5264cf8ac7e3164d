// What a day is played on: practice, a network that can be cut, the companion in its own process, and its page.
import path from 'node:path'
import { type BenchCompanion, makeProfile, openBenchCompanion } from '../bench/support/companion.ts'
import { type BenchPractice, openBenchPractice } from '../bench/support/practice.ts'
import { type Hands, openHands } from './hands.ts'
import { type Network, openNetwork } from './network.ts'

export interface Stage {
  practice: BenchPractice
  companion: BenchCompanion
  network: Network
  hands: Hands
  dataDir: string
  close(): Promise<void>
}

export interface StageOptions {
  headless: boolean
}

export async function openStage({ headless }: StageOptions): Promise<Stage> {
  const practice = await openBenchPractice()
  await practice.ask.tone(true)
  const network = await openNetwork(practice)
  const profile = makeProfile({ address: { ...practice.address, ...network.address } })
  // Notes without a pause: practice hears somebody speak, and writes down what it cannot understand.
  const companion = openBenchCompanion(practice, {
    profile,
    mic: 'hush',
    headless,
    debugging: true,
    flags: ['--expose-gc'],
  })
  try {
    await companion.registered()
    const hands = await openHands(path.join(profile.dir, 'chromium', 'DevToolsActivePort'))
    await hands.open('call')
    return {
      practice,
      companion,
      network,
      hands,
      dataDir: profile.dir,
      async close() {
        hands.close()
        await companion.close()
        await network.close()
        await practice.close()
        profile.remove()
      },
    }
  } catch (thrown) {
    await companion.close()
    await network.close()
    await practice.close()
    profile.remove()
    throw thrown
  }
}
