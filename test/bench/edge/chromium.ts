// The companion as `npm start` opens it in Chromium: the built program with its window, a file as its microphone.
import path from 'node:path'
import { findChromium } from '../../../main/shells/chromium/find-chromium.ts'
import { chromiumOrigin } from '../../../main/shells/page-origin.ts'
import { nowMs } from '../figure.ts'
import { openBenchCompanion, type Profile } from '../support/companion.ts'
import { openPageClient } from './page-client.ts'
import { makeProfile } from './profile.ts'
import type { Stage } from './stage.ts'
import { noEar, type Phone, type Subject } from './subject.ts'
import { createWindowHands } from './window-hands.ts'

const extension = '1000'

export function createChromium(stage: Stage, headless: boolean): Subject {
  const version = /\d+\.\d+/.exec(findChromium()?.version ?? '')?.[0] ?? ''
  // A profile that was used before, as on every start but the first.
  const profile = makeProfile(stage, extension)
  return {
    name: 'chromium',
    title: `Companion, Chromium ${version}`,
    extension,
    start: () => startChromium(stage, profile, headless),
  }
}

async function startChromium(stage: Stage, profile: Profile, headless: boolean): Promise<Phone> {
  const { edge, practice } = stage
  const companion = openBenchCompanion(practice, { profile, mic: 'tone', debugging: true, headless })
  try {
    const accepted = { user: extension, status: 200 }
    const { at: registeredAt } = await edge.log.next('register', accepted, companion.startedAt, 30_000)
    await companion.registered()
    const isOurs = (url: string) => url.startsWith(chromiumOrigin)
    const page = await openPageClient(path.join(profile.dir, 'chromium'), isOurs)
    const hands = createWindowHands(page)
    const stages = [...companion.stages].map(([name, at]) => [name, at - companion.startedAt] as const)
    const ask = async (name: 'phone.register' | 'phone.unregister') => {
      const at = nowMs()
      await companion.ask.request(name, {})
      return at
    }
    return {
      name: 'chromium',
      extension,
      startedAt: companion.startedAt,
      registeredAt,
      stages: new Map(stages),
      pid: companion.pid,
      unregister: () => ask('phone.unregister'),
      register: () => ask('phone.register'),
      ...hands,
      // The program's own meter, behind its jitter buffer, tells when its person hears something.
      expectCall: async (kind) =>
        kind === 'first sound' ? { ...noEar, firstSound: companion.heard } : hands.expectCall(kind),
      async stop() {
        page.close()
        await companion.close()
      },
    }
  } catch (error) {
    await companion.close()
    throw error
  }
}
