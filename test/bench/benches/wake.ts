// The network comes back, and the machine wakes up: how long until the phone is registered again.
import { openRelay, type Relay } from '../../edge/fixture/relay.ts'
import { createUntil } from '../../support/until.ts'
import { type Bench, type Figure, ms, nowMs, quantile, sleep } from '../figure.ts'
import { type BenchCompanion, makeProfile, openBenchCompanion } from '../support/companion.ts'
import { openBenchPractice } from '../support/practice.ts'
import { processTree } from '../support/process-tree.ts'

/** Long enough that the pauses between the tries have grown. */
const awayMs = [12_000, 18_000, 25_000, 33_000]
const sleeps = 3
const asleepMs = 20_000
const goalMs = 3_000
const until = createUntil(5, 60_000)

export const wake: Bench = {
  name: 'wake',
  about: 'the network’s return and the end of a sleep to the 200 OK of REGISTER',
  async run(tell) {
    const practice = await openBenchPractice()
    const relays: Relay[] = []
    const behind = async (url: string) => {
      const address = new URL(url)
      const relay = await openRelay(Number(address.port))
      relays.push(relay)
      address.port = String(relay.port)
      return address.href.replace(/\/$/, '')
    }
    const { apiUrl, edgeUrl, baseDomain } = practice.address
    const address = { baseDomain, apiUrl: await behind(apiUrl), edgeUrl: await behind(edgeUrl) }
    const profile = makeProfile({ address })
    const companion = openBenchCompanion(practice, { profile, mic: 'hush' })
    try {
      await companion.registered()
      const returns: number[] = []
      for (const away of awayMs) returns.push(await drop(companion, relays, away))
      tell(`after the network: ${returns.map(ms).join(', ')}`)
      const wakes: number[] = []
      for (let i = 0; i < sleeps; i++) wakes.push(await fallAsleep(companion, relays))
      tell(`after a sleep: ${wakes.map(ms).join(', ')}`)
      return [
        toFigure(
          'Network back → registered',
          returns,
          'API and edge away for 12 to 33 s, refused meanwhile.',
        ),
        toFigure(
          'End of a sleep → registered',
          wakes,
          `All processes stopped for ${asleepMs / 1_000} s, their connections dead afterwards; the Chromium shell, which no system tells.`,
        ),
      ]
    } finally {
      await companion.close()
      await practice.close()
      profile.remove()
      for (const relay of relays) await relay.close()
    }
  },
}

const toFigure = (what: string, times: readonly number[], note: string): Figure => ({
  what,
  goal: 'each ≤ 3 s',
  measured: `most ${ms(quantile(times, 1))} of ${times.length}`,
  met: quantile(times, 1) <= goalMs,
  note,
})

async function drop(companion: BenchCompanion, relays: readonly Relay[], away: number): Promise<number> {
  for (const relay of relays) {
    relay.setNetwork('down')
    relay.cut()
  }
  await until('the loss', () => companion.phone()?.registration.status !== 'registered')
  await sleep(away)
  const backAt = nowMs()
  for (const relay of relays) relay.setNetwork('up')
  return (await provenSince(companion, backAt)) - backAt
}

async function fallAsleep(companion: BenchCompanion, relays: readonly Relay[]): Promise<number> {
  const all = processTree(companion.pid)
  for (const pid of all) process.kill(pid, 'SIGSTOP')
  await sleep(asleepMs)
  // What was open before is forgotten by whatever lies between.
  for (const relay of relays) relay.silence()
  const awakeAt = nowMs()
  for (const pid of all) process.kill(pid, 'SIGCONT')
  return (await provenSince(companion, awakeAt)) - awakeAt
}

/** Time of a 200 OK that came after `since`. */
function provenSince(companion: BenchCompanion, since: number): Promise<number> {
  return until('the 200 OK', () => {
    const registration = companion.phone()?.registration
    return registration?.status === 'registered' && registration.provenAt >= since
      ? registration.provenAt
      : undefined
  })
}
