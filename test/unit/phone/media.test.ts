// Media without a browser: edges of sound, the microphone's life, statistics, the watch over the media path.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import type { PhoneState } from '../../../common/model/phone.ts'
import { toDevices, watchDevices } from '../../../renderer/phone/devices.ts'
import { toMicrophoneError } from '../../../renderer/phone/media-errors.ts'
import { createMediaWatch } from '../../../renderer/phone/media-watch.ts'
import { createMicrophone } from '../../../renderer/phone/microphone.ts'
import { ringTone } from '../../../renderer/phone/ringer.ts'
import { createSoundEdges, frameMs } from '../../../renderer/phone/sound-edges.ts'
import { toFigures } from '../../../renderer/phone/stats.ts'

/** Feeds levels of 20 ms each from t = 0 and collects the edges. */
function listen(levels: number[]) {
  const edges = createSoundEdges()
  const found = levels.flatMap((level, i) => edges.push(level, (i + 1) * frameMs) ?? [])
  return { edges, found, end: levels.length * frameMs }
}
const frames = (level: number, ms: number) => Array<number>(ms / frameMs).fill(level)

describe('a sound', () => {
  it('begins where its first loud frame began and ends where the last one ended', () => {
    const { found, edges, end } = listen([...frames(0, 200), ...frames(0.1, 400), ...frames(0, 400)])
    expect(found).toEqual([
      { edge: 'start', at: 200 },
      { edge: 'end', at: 600 },
    ])
    expect(edges.firstAt).toBe(200)
    expect(edges.soundMs(end)).toBe(400)
  })

  it('is not a single click', () => {
    expect(listen([...frames(0, 200), 0.5, ...frames(0, 400)]).found).toEqual([])
  })

  it('goes on over pauses shorter than 300 ms', () => {
    const words = [...frames(0.1, 200), ...frames(0, 240), ...frames(0.1, 200), ...frames(0, 400)]
    expect(listen(words).found).toEqual([
      { edge: 'start', at: 0 },
      { edge: 'end', at: 640 },
    ])
  })

  it('is not the steady noise of a room, but speech over it', () => {
    const { found } = listen([...frames(0.007, 20_000), ...frames(0.05, 400), ...frames(0.007, 600)])
    expect(found.map((edge) => edge.edge)).toEqual(['start', 'end'])
    expect(found[0]?.at).toBe(20_000)
  })

  it('keeps the times it was given, and goes on, when frames were lost in its middle', () => {
    const edges = createSoundEdges()
    const found: unknown[] = []
    const feed = (level: number, from: number, to: number) => {
      for (let at = from + frameMs; at <= to; at += frameMs)
        found.push(...[edges.push(level, at) ?? []].flat())
    }
    feed(0.1, 1000, 1400)
    // Two seconds of it never came.
    feed(0, 3400, 3500)
    feed(0.1, 3500, 3700)
    feed(0, 3700, 4100)
    expect(found).toEqual([
      { edge: 'start', at: 1000 },
      { edge: 'end', at: 3700 },
    ])
  })

  it('that is still open is ended by a flush, once', () => {
    const { edges } = listen(frames(0.1, 100))
    expect(edges.flush()).toEqual({ edge: 'end', at: 100 })
    expect(edges.flush()).toBeUndefined()
  })
})

describe('the microphone', () => {
  const track = (label: string, { audio }: { audio: MediaStreamConstraints['audio'] | undefined }) => {
    const made = Object.assign(new EventTarget(), {
      label,
      getSettings: () => audio,
      readyState: 'live',
      kind: 'audio',
      enabled: true,
      stopped: false,
      clones: [] as { stopped: boolean }[],
      stop() {
        made.stopped = true
      },
      clone() {
        const copy = {
          label,
          stopped: false,
          stop() {
            copy.stopped = true
          },
        }
        made.clones.push(copy)
        return copy
      },
    })
    return made
  }
  const setUp = () => {
    const states: PhoneState['microphone'][] = []
    const asked: MediaStreamConstraints[] = []
    const made: ReturnType<typeof track>[] = []
    const t = {
      states,
      asked,
      made,
      fail: undefined as Error | undefined,
      failDevice: undefined as Error | undefined,
      namesReadIn: undefined as string | undefined,
      wait: undefined as Promise<void> | undefined,
      /** The browser leaves the switches of a device that is open as they are. */
      sticks: false,
      /** Noise suppression is on, whatever was asked for. */
      ignores: false,
      microphone: createMicrophone({
        getUserMedia: async (constraints) => {
          asked.push(constraints)
          const chosen = typeof constraints.audio === 'object' && constraints.audio.deviceId
          if (t.fail) throw t.fail
          if (chosen && t.failDevice) throw t.failDevice
          await t.wait
          const kept =
            t.sticks && made.find(({ stopped, clones }) => !stopped || clones.some((one) => !one.stopped))
          const asIs = kept ? kept.getSettings() : constraints.audio
          const audio = t.ignores && typeof asIs === 'object' ? { ...asIs, noiseSuppression: true } : asIs
          const one = track(`microphone ${made.length}`, { audio })
          made.push(one)
          return { getAudioTracks: () => [one] } as unknown as MediaStream
        },
        set: (state) => states.push(state),
        onOpened: async () => {
          t.namesReadIn = states.at(-1)?.status
        },
      }),
    }
    return t
  }
  const named = (name: string) => Object.assign(new Error('it failed'), { name })

  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is opened once and shared; each session has a track of its own that ends with it', async () => {
    const t = setUp()
    const one = createScope('one')
    const two = createScope('two')
    await Promise.all([t.microphone.acquire(one, () => {}), t.microphone.acquire(two, () => {})])
    expect(t.asked.length).toBe(1)
    await one.end()
    expect(t.made[0]?.clones.map((clone) => clone.stopped)).toEqual([true, false])
    await two.end()
    expect(t.made[0]?.stopped).toBe(false)
    await vi.advanceTimersByTimeAsync(5000)
    expect(t.made[0]?.stopped).toBe(true)
    expect(t.states.map((state) => state.status)).toEqual(['opening', 'open', 'closed'])
  })

  it('stays open for a session that comes within seconds of the last one', async () => {
    const t = setUp()
    const one = createScope('one')
    await t.microphone.acquire(one, () => {})
    await one.end()
    await vi.advanceTimersByTimeAsync(1000)
    await t.microphone.acquire(createScope('two'), () => {})
    await vi.advanceTimersByTimeAsync(60_000)
    expect(t.asked.length).toBe(1)
    expect(t.made[0]?.stopped).toBe(false)
  })

  it('is closed again by the warm-up, after the names of the devices were read', async () => {
    const t = setUp()
    await t.microphone.warmUp()
    expect(t.made[0]?.stopped).toBe(true)
    expect(t.namesReadIn).toBe('open')
    expect(t.states.map((state) => state.status)).toEqual(['opening', 'open', 'closed'])
  })

  it('is not taken by the warm-up from a session that came meanwhile', async () => {
    const t = setUp()
    await Promise.all([t.microphone.warmUp(), t.microphone.acquire(createScope('one'), () => {})])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(t.asked.length).toBe(1)
    expect(t.made[0]?.stopped).toBe(false)
    expect(t.states.at(-1)?.status).toBe('open')
  })

  it('that the warm-up could not open stays failed, and works when one is plugged in', async () => {
    const t = setUp()
    t.fail = named('NotFoundError')
    await expect(t.microphone.warmUp()).rejects.toMatchObject({ code: 'media.micMissing' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(t.states.at(-1)).toMatchObject({ status: 'failed', error: { code: 'media.micMissing' } })
    t.fail = undefined
    await t.microphone.retry()
    expect(t.states.at(-1)?.status).toBe('closed')
  })

  it('is not opened because some device came or went', async () => {
    const t = setUp()
    await t.microphone.warmUp()
    await t.microphone.retry()
    expect(t.asked.length).toBe(1)
  })

  it('stays failed after the session that could not have it', async () => {
    const t = setUp()
    t.fail = named('NotAllowedError')
    const one = createScope('one')
    await expect(t.microphone.acquire(one, () => {})).rejects.toMatchObject({ code: 'media.micDenied' })
    await one.end()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(t.states.at(-1)?.status).toBe('failed')
  })

  it('is replaced in running sessions when another one is chosen', async () => {
    const t = setUp()
    const given: string[] = []
    await t.microphone.acquire(createScope('one'), (next) => given.push(next.label))
    await t.microphone.choose('headset')
    expect(given).toEqual(['microphone 0', 'microphone 1'])
    expect(t.asked[1]).toMatchObject({ audio: { deviceId: { exact: 'headset' } } })
    expect(t.made[0]?.stopped).toBe(true)
  })

  it('speaks on through the old one until the new one is open, and has one of the two at any time', async () => {
    const t = setUp()
    let opened = () => {}
    await t.microphone.acquire(createScope('one'), () => {})
    t.wait = new Promise((resolve) => {
      opened = () => resolve()
    })
    const switched = t.microphone.choose('headset')
    await vi.advanceTimersByTimeAsync(500)
    expect(t.made[0]?.clones.map(({ stopped }) => stopped)).toEqual([false])
    expect(t.made[0]?.stopped).toBe(false)
    opened()
    await switched
    expect(t.made.map(({ stopped }) => stopped)).toEqual([true, false])
    expect(t.made[0]?.clones.map(({ stopped }) => stopped)).toEqual([true])
  })

  it('stops the old track only after the sender has taken the new one', async () => {
    const t = setUp()
    const stoppedThen: (boolean | undefined)[] = []
    await t.microphone.acquire(createScope('one'), async () => {
      await Promise.resolve()
      stoppedThen.push(t.made[0]?.clones[0]?.stopped)
    })
    await t.microphone.choose('headset')
    expect(stoppedThen).toEqual([false, false])
    expect(t.made[0]?.clones[0]?.stopped).toBe(true)
  })

  it('stays with the old one when the new one cannot be opened, and says so', async () => {
    const t = setUp()
    const given: string[] = []
    await t.microphone.acquire(createScope('one'), (next) => given.push(next.label))
    t.fail = named('NotAllowedError')
    await t.microphone.choose('headset')
    expect(given).toEqual(['microphone 0'])
    expect(t.made[0]?.clones.map(({ stopped }) => stopped)).toEqual([false])
    expect(t.states.at(-1)).toMatchObject({ status: 'open', label: 'microphone 0', refused: true })
    // Another look at the devices leaves it as it is while the new one stays shut.
    await t.microphone.retry()
    expect(t.made[0]?.clones.map(({ stopped }) => stopped)).toEqual([false])
    expect(given).toEqual(['microphone 0'])
    // Its own unplugging is noticed all the same.
    t.fail = undefined
    t.made[0]?.dispatchEvent(new Event('ended'))
    await vi.advanceTimersByTimeAsync(0)
    expect(given).toEqual(['microphone 0', 'microphone 1'])
  })

  it('is opened anew, without a gap, when its switches change, and tells what the browser makes of them', async () => {
    const t = setUp()
    const off = { echoCancellation: false, noiseSuppression: true, autoGainControl: false }
    await t.microphone.acquire(createScope('one'), () => {})
    await t.microphone.choose('', off)
    expect(t.asked[1]).toMatchObject({ audio: off })
    expect(t.states.at(-1)).toMatchObject({ status: 'open', processing: { echoCancellation: false } })
    await t.microphone.choose('', { ...off })
    expect(t.asked).toHaveLength(2)
  })

  it('is let go for a moment when the browser keeps its switches while it is open', async () => {
    const t = setUp()
    const given: string[] = []
    await t.microphone.acquire(createScope('one'), (next) => given.push(next.label))
    t.sticks = true
    await t.microphone.choose('', { echoCancellation: true, noiseSuppression: false, autoGainControl: true })
    expect(t.asked).toHaveLength(3)
    expect(given).toEqual(['microphone 0', 'microphone 2'])
    expect(t.made.map(({ stopped }) => stopped)).toEqual([true, true, false])
    expect(t.states.at(-1)).toMatchObject({ status: 'open', processing: { noiseSuppression: false } })
  })

  it('follows the default of the system only where no other one was chosen', async () => {
    const t = setUp()
    await t.microphone.acquire(createScope('one'), () => {})
    await t.microphone.defaultChanged()
    expect(t.asked).toHaveLength(2)
    await t.microphone.choose('headset')
    await t.microphone.defaultChanged()
    expect(t.asked).toHaveLength(3)
  })

  it('that is chosen while another one is being opened reaches the session that waits', async () => {
    const t = setUp()
    const given: string[] = []
    const waiting = t.microphone.acquire(createScope('one'), (next) => given.push(next.label))
    await Promise.all([waiting, t.microphone.choose('headset')])
    expect(given.at(-1)).toBe('microphone 1')
    expect(t.made.map((made) => made.stopped)).toEqual([true, false])
  })

  it('falls back to the default when the chosen one is gone', async () => {
    const t = setUp()
    t.failDevice = named('OverconstrainedError')
    await t.microphone.choose('unplugged')
    await t.microphone.acquire(createScope('one'), () => {})
    expect(t.states.at(-1)?.status).toBe('open')
  })

  it('that is busy is named as refused, and taken when it is free again', async () => {
    const t = setUp()
    const given: string[] = []
    t.failDevice = named('NotReadableError')
    await t.microphone.choose('busy')
    await t.microphone.acquire(createScope('one'), (next) => given.push(next.label))
    expect(t.states.at(-1)).toMatchObject({ status: 'open', label: 'microphone 0', refused: true })
    t.failDevice = undefined
    await t.microphone.retry()
    expect(given).toEqual(['microphone 0', 'microphone 1'])
    expect(t.states.at(-1)).not.toHaveProperty('refused')
    expect(t.asked.at(-1)).toMatchObject({ audio: { deviceId: { exact: 'busy' } } })
  })

  it('that does not follow a switch is changed for another one without a gap', async () => {
    const t = setUp()
    t.ignores = true
    const stoppedThen: (boolean | undefined)[] = []
    const off = { echoCancellation: true, noiseSuppression: false, autoGainControl: true }
    await t.microphone.choose('', off)
    await t.microphone.acquire(createScope('one'), () => stoppedThen.push(t.made[0]?.stopped))
    await t.microphone.choose('headset', off)
    expect(t.asked).toHaveLength(2)
    expect(stoppedThen).toEqual([false, false])
  })

  it('that was unplugged is opened anew for those who speak', async () => {
    const t = setUp()
    const given: string[] = []
    await t.microphone.acquire(createScope('one'), (next) => given.push(next.label))
    t.made[0]?.dispatchEvent(new Event('ended'))
    await vi.advanceTimersByTimeAsync(0)
    expect(given).toEqual(['microphone 0', 'microphone 1'])
  })

  it('that was unplugged without another one comes back to the session when it is plugged in again', async () => {
    const t = setUp()
    const given: string[] = []
    await t.microphone.acquire(
      createScope('one'),
      (next) => given.push(next.label),
      () => given.push('none'),
    )
    t.fail = named('NotFoundError')
    t.made[0]?.dispatchEvent(new Event('ended'))
    await vi.advanceTimersByTimeAsync(0)
    expect(t.states.at(-1)).toMatchObject({ status: 'failed', error: { code: 'media.micMissing' } })
    t.fail = undefined
    await t.microphone.retry()
    expect(given).toEqual(['microphone 0', 'none', 'microphone 1'])
    expect(t.states.at(-1)?.status).toBe('open')
  })

  it('that was unplugged while nobody uses it is not opened again', async () => {
    const t = setUp()
    const one = createScope('one')
    await t.microphone.acquire(one, () => {})
    await one.end()
    t.made[0]?.dispatchEvent(new Event('ended'))
    await vi.advanceTimersByTimeAsync(0)
    expect(t.asked.length).toBe(1)
    expect(t.states.at(-1)?.status).toBe('closed')
  })

  it.each([
    ['NotAllowedError', 'media.micDenied'],
    ['SecurityError', 'media.micDenied'],
    ['NotFoundError', 'media.micMissing'],
    ['NotReadableError', 'media.micMissing'],
    ['SomethingNew', 'media.micMissing'],
  ])('failing with %s is told as %s, and the next try is free', async (name, code) => {
    const t = setUp()
    t.fail = named(name)
    await expect(t.microphone.acquire(createScope('one'), () => {})).rejects.toMatchObject({ code })
    expect(t.states.at(-1)).toMatchObject({ status: 'failed', error: { code } })
    t.fail = undefined
    await t.microphone.acquire(createScope('two'), () => {})
    expect(t.states.at(-1)?.status).toBe('open')
  })

  it('that gives only digital silence is shown as failed until it gives sound', async () => {
    const t = setUp()
    await t.microphone.acquire(createScope('one'), () => {})
    t.microphone.reportSilence(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(t.states.at(-1)).toMatchObject({ status: 'failed', error: { code: 'media.micSilent' } })
    t.microphone.reportSilence(false)
    await vi.advanceTimersByTimeAsync(0)
    expect(t.states.at(-1)?.status).toBe('open')
  })

  it('errors are ours already, or have a name, or nothing at all', () => {
    expect(toMicrophoneError(undefined).code).toBe('media.micMissing')
    expect(toMicrophoneError('text').code).toBe('media.micMissing')
  })
})

describe('the media path', () => {
  const path = (state: RTCPeerConnectionState, packetsReceived = 100, networkChanged = false) => ({
    state,
    packetsReceived,
    networkChanged,
    theyShouldSend: true,
  })
  /** A look each second; where each verdict other than `fine` came. */
  const watch = (seconds: number, state: RTCPeerConnectionState, before?: RTCPeerConnectionState) => {
    const made = createMediaWatch()
    if (before) made.look(-1000, path(before))
    const said = Array.from(
      { length: seconds },
      (_, s) => [s, made.look(s * 1000, path(state, before ? 100 : 0))] as const,
    )
    return { watch: made, said: said.filter(([, verdict]) => verdict !== 'fine') }
  }

  it('is restarted after 2 s, once more after 8 s, and given up after 30 s', () => {
    const { watch: made, said } = watch(31, 'disconnected', 'connected')
    expect(said).toEqual([
      [2, 'restart'],
      [10, 'restart'],
      [30, 'gone'],
    ])
    expect(made.look(33_000, path('disconnected', 150))).toBe('fine')
    expect(made.look(34_000, path('disconnected', 150))).toBe('fine')
    expect(made.look(36_000, path('disconnected', 150))).toBe('restart')
  })

  it('that failed is restarted at once; one that never was is told apart in the end', () => {
    expect(watch(31, 'failed').said).toEqual([
      [0, 'restart'],
      [8, 'restart'],
      [30, 'never'],
    ])
  })

  it('may take 3 s to come up', () => {
    expect(watch(4, 'connecting').said).toEqual([[3, 'restart']])
  })

  it('is restarted when the network has changed, though it still seems to stand', () => {
    const made = createMediaWatch()
    expect(made.look(0, path('connected'))).toBe('fine')
    expect(made.look(1000, path('connected', 150, true))).toBe('restart')
    expect(made.look(2000, path('connected', 200))).toBe('fine')
  })

  it('that is back but brings nothing for 3 s is restarted, once', () => {
    const made = createMediaWatch()
    made.look(0, path('connected', 100))
    made.look(1000, path('disconnected', 100))
    // A burst of what was kept meanwhile.
    const back = Array.from({ length: 20 }, (_, s) => made.look((s + 2) * 1000, path('connected', 150)))
    expect(back.indexOf('restart')).toBe(3)
    expect(back.lastIndexOf('restart')).toBe(3)
    made.look(30_000, path('disconnected', 150))
    const talking = Array.from({ length: 16 }, (_, s) =>
      made.look(31_000 + s * 1000, path('connected', 200 + s * 50)),
    )
    expect(talking).not.toContain('restart')
    expect(made.look(60_000, path('connected', 950))).toBe('fine')
  })

  it('that brings nothing because of a hold is left alone', () => {
    const made = createMediaWatch()
    made.look(0, path('connecting', 0))
    const held = Array.from({ length: 20 }, (_, s) =>
      made.look((s + 1) * 1000, { ...path('connected', 50), theyShouldSend: false }),
    )
    expect(held).not.toContain('restart')
  })

  it('does not mind silence while it stands', () => {
    expect(watch(600, 'connected').said).toEqual([])
  })
})

describe('figures', () => {
  it('are those of the audio, with the codec by name', () => {
    const report = new Map<string, object>([
      ['c', { type: 'codec', id: 'c', mimeType: 'audio/opus' }],
      ['o', { type: 'outbound-rtp', id: 'o', kind: 'audio', packetsSent: 10, codecId: 'c' }],
      [
        'i',
        { type: 'inbound-rtp', id: 'i', kind: 'audio', packetsReceived: 9, packetsLost: -1, codecId: 'c' },
      ],
      ['v', { type: 'inbound-rtp', id: 'v', kind: 'video', packetsReceived: 999 }],
    ])
    expect(toFigures(report as never)).toMatchObject({
      packetsSent: 10,
      packetsReceived: 9,
      packetsLost: 0,
      codec: 'opus',
    })
    expect(toFigures(new Map() as never)).toMatchObject({
      packetsSent: 0,
      packetsReceived: 0,
      packetsLost: 0,
    })
  })
})

describe('the ringing tone', () => {
  it('is audible, never clips, and pauses before it repeats', () => {
    const tone = ringTone(8000, 'loud')
    const peak = Math.max(...tone.map(Math.abs))
    expect(peak).toBeGreaterThan(0.2)
    expect(peak).toBeLessThan(1)
    expect(Math.max(...tone.slice(-4000).map(Math.abs))).toBeLessThan(0.01)
  })

  it('is struck once beside a call, and pauses three times as long', () => {
    const peakFrom = (tone: Float32Array, second: number) =>
      Math.max(...tone.slice(second * 8000, (second + 1) * 8000).map(Math.abs))
    const [loud, quiet] = [ringTone(8000, 'loud'), ringTone(8000, 'quiet')]
    expect(quiet.length).toBe(3 * loud.length)
    expect(peakFrom(quiet, 0)).toBeGreaterThan(0.2)
    expect(peakFrom(quiet, 1)).toBeLessThan(peakFrom(loud, 1) / 2)
  })
})

describe('devices', () => {
  it('are read anew when one comes or goes, and another default is told once', async () => {
    const scope = createScope('devices')
    const media = Object.assign(new EventTarget(), {
      standard: 'Built in',
      enumerateDevices: async () =>
        [
          { kind: 'audioinput', deviceId: 'default', label: `Default - ${media.standard}`, groupId: 'g' },
          { kind: 'audioinput', deviceId: 'a', label: 'Built in', groupId: 'g' },
        ] as MediaDeviceInfo[],
    })
    const told: string[] = []
    const read = watchDevices(scope, media, {
      set: ({ inputs }) => told.push(`${inputs.length} microphone`),
      onChange: () => told.push('changed'),
      onDefault: () => told.push('default'),
    })
    await read()
    expect(told).not.toContain('default')
    media.standard = 'Headset'
    told.length = 0
    media.dispatchEvent(new Event('devicechange'))
    await vi.waitFor(() => expect(told).toEqual(['1 microphone', 'default', 'changed']))
    await scope.end()
    media.dispatchEvent(new Event('devicechange'))
    expect(told).toHaveLength(3)
  })

  it('are listed by kind, without pseudo entries and without those that hide their id', () => {
    const device = (kind: string, deviceId: string) => ({ kind, deviceId, label: deviceId, groupId: 'g' })
    const all = [
      device('audioinput', 'default'),
      device('audioinput', 'a'),
      device('audioinput', ''),
      device('audiooutput', 'b'),
    ] as MediaDeviceInfo[]
    expect(toDevices(all, 'audioinput').map((each) => each.id)).toEqual(['a'])
    expect(toDevices(all, 'audiooutput').map((each) => each.id)).toEqual(['b'])
  })
})
