// The whole quickstart of main against practice: real REST and events, a scripted phone instead of SIP and audio.
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortPair } from '../../../common/kit/port.ts'
import { createScope } from '../../../common/kit/scope.ts'
import type { Quickstart } from '../../../common/model/quickstart.ts'
import type { Dialect, Settings } from '../../../common/model/settings.ts'
import { type App, createApp } from '../../../main/app.ts'
import type { FakeLeg } from '../../support/fake-line.ts'
import { type FakePhone, openFakePhone, registered } from '../../support/fake-phone.ts'
import { openTestPractice, type TestPractice } from '../../support/practice.ts'
import { createTestHost } from '../../support/test-host.ts'

interface Options {
  dialect: Dialect
  settings?: Partial<Settings>
  /** The person says something after the answer. */
  speaks?: boolean
  /** Other devices of the extension, which ring too. */
  others?: number
  stepTimeoutMs?: number
}

interface Job {
  app: App
  phone: FakePhone
  practice: TestPractice
  run(): Promise<Quickstart>
}

async function openJob(options: Options): Promise<Job> {
  const practice = await openTestPractice({ dialect: options.dialect })
  const host = createTestHost(async () => practice.address)
  const app = createApp(host)
  const scope = createScope('window')
  onTestFinished(async () => {
    await app.close()
    await scope.end()
    host.remove()
  })
  await app.handlers['settings.change']({ patch: { dialect: options.dialect, ...options.settings } })
  const legs = new Map<string, FakeLeg>()
  const [mainEnd, windowEnd] = createPortPair()
  app.attach(mainEnd)
  const phone = openFakePhone(scope, windowEnd, {
    async onStart(input, own) {
      for (let other = 0; other < (options.others ?? 0); other++) practice.line.register(input.username)
      const { user, host: contactHost } = own.contact
      practice.line.register(input.username, `sip:${user}@${contactHost};transport=ws`)
      await own.change({ registration: registered(own, input) })
      void pickUp(practice, own, legs)
    },
    onAnswer(sessionId) {
      legs.get(sessionId)?.answer()
    },
    async onHangUp(sessionId, own) {
      await own.changeSession(sessionId, { status: 'ended', outcome: 'hungUpByUs', endedAt: Date.now() })
      legs.get(sessionId)?.bye()
    },
  })
  await phone.ready()
  // Like a person who reads what the window says.
  const spokenTo = new Set<string>()
  app.store.subscribe(({ quickstart }) => {
    const asked = quickstart.steps.find(({ id }) => id === 'speech')?.state === 'running'
    if (!asked || options.speaks === false || spokenTo.has(quickstart.sessionId ?? '')) return
    spokenTo.add(quickstart.sessionId ?? '')
    void speak(phone, legs, quickstart.sessionId ?? '')
  })
  const run = async () => {
    const ended = new Promise<Quickstart>((resolve) => {
      app.store.subscribe(({ quickstart }) => {
        if (quickstart.status !== 'idle' && quickstart.status !== 'running') resolve(quickstart)
      })
    })
    await phone.main['quickstart.run']({ stepTimeoutMs: options.stepTimeoutMs })
    return ended
  }
  return { app, phone, practice, run }
}

async function speak(phone: FakePhone, legs: Map<string, FakeLeg>, sessionId: string): Promise<void> {
  await phone.sound(sessionId, 'microphone', 'start', Date.now() - 800)
  await phone.sound(sessionId, 'microphone', 'end')
  legs.get(sessionId)?.speak(800)
}

/** Each leg to our contact rings the phone; what is played into it sounds in the ear. */
async function pickUp(practice: TestPractice, phone: FakePhone, legs: Map<string, FakeLeg>): Promise<void> {
  for (;;) {
    const leg = await practice.line.nextLeg()
    leg.ring()
    if (!leg.invite.contact.uri.includes(phone.contact.user)) continue
    const sessionId = await phone.ring(leg.invite.from)
    legs.set(sessionId, leg)
    const play = leg.play
    leg.play = async (pcm, signal) => {
      const loud = pcm.some((sample) => sample !== 0)
      if (loud) await phone.sound(sessionId, 'ear', 'start')
      await play(pcm, signal)
      if (loud) await phone.sound(sessionId, 'ear', 'end')
    }
    leg.onChange((state) => {
      if (state.status !== 'ended' || phone.session(sessionId)?.status === 'ended') return
      void phone.changeSession(sessionId, { status: 'ended', outcome: 'hungUpByThem', endedAt: Date.now() })
    })
  }
}

const summary = ({ steps }: Quickstart) =>
  steps.map(({ id, state, error }) => `${id} ${state}${error ? ` ${error.code} ${error.detail ?? ''}` : ''}`)

const dialects: Dialect[] = ['deployed', 'documented']

describe.each(dialects)('the quickstart on the %s dialect', (dialect) => {
  it('proves every step', async () => {
    const { run, practice, phone, app } = await openJob({ dialect })
    const result = await run()
    expect(summary(result).filter((line) => !line.endsWith(' passed'))).toEqual([])
    expect(result.steps.map(({ proof }) => proof)).not.toContain(undefined)
    expect(phone.asked.filter((name) => name === 'phone.answer')).toHaveLength(1)
    // Nothing is left behind on the platform.
    const left = await practice.api.get('/v1.0/speakings')
    expect(left.json.result).toEqual([])
    // The window saw what main knows.
    await expect.poll(() => phone.seen.state.quickstart?.status).toBe('passed')
    expect(phone.seen.transcripts[result.callId ?? '']).toEqual(
      (await app.handlers['app.snapshot']({})).transcripts[result.callId ?? ''],
    )
    expect(phone.seen.trace.length).toBeGreaterThan(10)
  })

  it('finds its own leg among several devices of the extension', async () => {
    const { run } = await openJob({ dialect, others: 1 })
    expect(summary(await run()).filter((line) => !line.endsWith(' passed'))).toEqual([])
  })

  it('needs no number of its own', async () => {
    const { run, practice } = await openJob({ dialect })
    await practice.pull({ pull: 'failRequest', path: '/v1.0/numbers*', status: 403, times: 9 })
    expect(summary(await run()).filter((line) => !line.endsWith(' passed'))).toEqual([])
  })

  it('fails at speech when nobody speaks, says why, skips the rest and hangs up', async () => {
    const { run, practice } = await openJob({ dialect, speaks: false, stepTimeoutMs: 3_000 })
    const result = await run()
    expect(summary(result).slice(-3)).toEqual([
      'speech failed media.micSilent nobody spoke into it',
      'say skipped',
      'hangUp skipped',
    ])
    expect(result.status).toBe('failed')
    expect(practice.line.legs.map((leg) => leg.state.status)).toEqual(['ended'])
    expect((await practice.api.get('/v1.0/speakings')).json.result).toEqual([])
  })

  it('runs again and again, with a call of its own each time', async () => {
    const { run } = await openJob({ dialect })
    const first = await run()
    const second = await run()
    expect([first.status, second.status]).toEqual(['passed', 'passed'])
    expect(second.callId).not.toBe(first.callId)
  })
})
