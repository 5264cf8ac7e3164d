// What goes wrong in a day: devices come and go, the machine sleeps, the network is lost. Each leaves everything as it was.
import { nowMs, sleep, until } from '../bench/figure.ts'
import { processTree } from '../bench/support/process-tree.ts'
import type { Trouble } from './plan.ts'
import { type Play, phoneOf, type Ringing, speak, took, untilSession } from './play.ts'

/** Handed to the page as text: keeps what the microphone gave, and can take a device away. */
export function watchDevicesOf(devices: MediaDevices): void {
  const { getUserMedia, enumerateDevices } = devices
  const hidden = new Set<string>()
  let last: MediaStreamTrack | undefined
  devices.getUserMedia = async (wanted) => {
    const stream = await getUserMedia.call(devices, wanted)
    last = stream.getAudioTracks()[0]
    return stream
  }
  devices.enumerateDevices = async () =>
    (await enumerateDevices.call(devices)).filter(({ deviceId }) => !hidden.has(deviceId))
  const change = () => devices.dispatchEvent(new Event('devicechange'))
  Object.assign(globalThis, {
    pullPlug() {
      const id = last?.getSettings().deviceId
      if (id) hidden.add(id)
      last?.stop()
      last?.dispatchEvent(new Event('ended'))
      change()
    },
    putPlug() {
      hidden.clear()
      change()
    },
  })
}

type InCall = Ringing | undefined
type Happen = (play: Play, call: InCall) => Promise<void>

/** A few lines go on meanwhile; fewer than a platform gives back at once (contract B.7: the newest 100). */
const meanwhile = 20

export const happen: Record<Trouble, Happen> = {
  async device(play, call) {
    const { companion } = play.stage
    const { devices } = (await companion.ask.state()).settings
    const { inputs, outputs } = phoneOf(play).devices
    const next = <T extends { id: string }>(all: readonly T[], now: string) =>
      all[(all.findIndex(({ id }) => id === now) + 1) % Math.max(1, all.length)]?.id ?? ''
    const chosen = { microphone: next(inputs, devices.microphone), speaker: next(outputs, devices.speaker) }
    await companion.ask.request('settings.change', { patch: { devices: { ...devices, ...chosen } } })
    await untilSending(play, call)
  },
  async unplugged(play, call) {
    const { page } = play.stage.hands
    await page.evaluate('pullPlug()')
    await sleep(1_500)
    await page.evaluate('putPlug()')
    await untilSending(play, call)
  },
  sleep: (play, call) => fallAsleep(play, call, 3_000),
  /** Longer than the phone takes for a slow machine. */
  longSleep: (play, call) => fallAsleep(play, call, 24_000),
  async drop(play, call) {
    await play.stage.network.lose('cut')
    await offline(play, true)
    await speak(play, call ?? none, meanwhile, 100)
    await sleep(1_000)
    await back(play)
    await stillUp(play, call)
  },
  async silentDrop(play, call) {
    await play.stage.network.lose('silent')
    await speak(play, call ?? none, meanwhile, 100)
    await sleep(4_000)
    await back(play)
    await stillUp(play, call)
  },
  /** They hang up while nobody here can hear it. */
  async endedMeanwhile(play, call) {
    await play.stage.network.lose('cut')
    await speak(play, call ?? none, meanwhile, 50)
    if (call) await play.stage.practice.ask.pull({ pull: 'hangUp', callId: call.callId })
    await sleep(2_000)
    await back(play)
    if (!call) return
    const since = nowMs()
    await untilSession(
      play,
      call.session.id,
      'ended while we were offline',
      ({ status }) => status === 'ended',
      60_000,
    )
    took(play, 'end told after the network', since)
  },
}

const none = { callId: undefined } as unknown as Ringing

/** Packets of ours go on. */
async function untilSending(play: Play, call: InCall): Promise<void> {
  if (!call) return
  const before = phoneOf(play).sessions.find(({ id }) => id === call.session.id)?.media?.packetsSent ?? 0
  await untilSession(
    play,
    call.session.id,
    'sends sound again',
    ({ media }) => (media?.packetsSent ?? 0) > before + 20 && media?.microphone !== 'none',
  )
}

async function fallAsleep(play: Play, call: InCall, ms: number): Promise<void> {
  const { companion } = play.stage
  const asleep = processTree(companion.pid)
  for (const pid of asleep) process.kill(pid, 'SIGSTOP')
  try {
    await speak(play, call ?? none, meanwhile, ms / meanwhile / 2)
    await sleep(ms / 2)
  } finally {
    for (const pid of asleep) process.kill(pid, 'SIGCONT')
  }
  const since = nowMs()
  await companion.ask.state()
  if (call) await untilSending(play, call)
  took(play, 'awake', since)
}

/** Of the machine itself: the page hears `offline` and `online`. */
async function offline({ stage }: Play, on: boolean): Promise<void> {
  const { page } = stage.hands
  if (on) await page.send('Network.enable')
  const conditions = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  await page.send('Network.emulateNetworkConditions', { offline: on, ...conditions })
  if (!on) await page.send('Network.disable')
}

/** The network is back; resolves when the phone has registered anew and events flow. */
async function back(play: Play): Promise<void> {
  const { companion, network } = play.stage
  await network.restore()
  await offline(play, false)
  const since = nowMs()
  const registered = until(
    'registered after the network came back',
    () => {
      const { registration } = phoneOf(play)
      return registration.status === 'registered' && registration.provenAt >= since - 5
    },
    90_000,
  ).then(() => took(play, 'registered after the network', since))
  const subscribed = until(
    'events after the network came back',
    async () => {
      const { subscription } = await companion.ask.state()
      return subscription.status === 'open' && subscription.openedAt >= since - 5
    },
    90_000,
  ).then(() => took(play, 'events after the network', since))
  await Promise.all([registered, subscribed])
}

async function stillUp(play: Play, call: InCall): Promise<void> {
  if (!call) return
  await untilSession(play, call.session.id, 'is still up', ({ status }) => status === 'established', 1_000)
  await untilSending(play, call)
}
