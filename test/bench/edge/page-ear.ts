// Listens behind the decoder of the page's calls: the frames of the received track, before anything plays them.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sound } from '../../../practice/voice/wav.ts'
import { LOUD } from '../../edge/peer/heard.ts'
import type { PageClient } from './page-client.ts'
import type { Concealment, Ear } from './subject.ts'

interface TapState {
  peers: RTCPeerConnection[]
  rate: number
  frames: Float32Array[]
  firstSoundAt?: number
}

declare global {
  var benchTap: TapState | undefined
  /** Chromium: the raw frames of a track (W3C mediacapture-transform). */
  var MediaStreamTrackProcessor: new (init: {
    track: MediaStreamTrack
  }) => { readable: ReadableStream<AudioData> }
}

interface AudioData {
  sampleRate: number
  numberOfFrames: number
  copyTo(to: Float32Array, options: { planeIndex: number; format: 'f32-planar' }): void
  close(): void
}

/** Runs in the page, handed over as text: every peer connection made from now on is listened to. */
function install(loud: number): void {
  const Real = globalThis.RTCPeerConnection
  const tap: TapState = { peers: [], rate: 0, frames: [] }
  globalThis.benchTap = tap
  const listen = async (track: MediaStreamTrack) => {
    const reader = new globalThis.MediaStreamTrackProcessor({ track }).readable.getReader()
    for (;;) {
      const { value, done } = await reader.read()
      if (done || !value) return
      const frame = new Float32Array(value.numberOfFrames)
      value.copyTo(frame, { planeIndex: 0, format: 'f32-planar' })
      tap.rate = value.sampleRate
      tap.frames.push(frame)
      value.close()
      if (tap.firstSoundAt === undefined && frame.some((sample) => Math.abs(sample) > loud)) {
        tap.firstSoundAt = performance.timeOrigin + performance.now()
      }
    }
  }
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      tap.peers.push(this)
      this.addEventListener('track', ({ track }) => void listen(track))
    }
  }
}

/** Runs in the page: what was heard of the last call as base64 of 16 bit samples, and what the decoder says. */
async function collect() {
  const tap = globalThis.benchTap
  if (!tap) throw new Error('no tap')
  const length = tap.frames.reduce((sum, frame) => sum + frame.length, 0)
  const pcm = new Int16Array(length)
  let at = 0
  for (const frame of tap.frames) {
    for (const sample of frame) pcm[at++] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)))
  }
  let text = ''
  const bytes = new Uint8Array(pcm.buffer)
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return { rate: tap.rate, pcm: btoa(text) }
}

/** Runs in the page while the call is up. */
async function statistics() {
  const peer = globalThis.benchTap?.peers.at(-1)
  const rows = [...((await peer?.getStats())?.values() ?? [])]
  const row = rows.find(({ type }) => type === 'inbound-rtp')
  return (
    row && {
      concealed: (100 * row.concealedSamples) / Math.max(1, row.totalSamplesReceived),
      bufferMs: (1000 * row.jitterBufferDelay) / Math.max(1, row.jitterBufferEmittedCount),
    }
  )
}

const call = (run: (...args: never[]) => unknown, ...args: unknown[]) =>
  `(${run})(${args.map((value) => JSON.stringify(value)).join(', ')})`

/** Once a page. */
export const installTap = (page: PageClient) => page.evaluate<void>(call(install, LOUD / 32_768))

/** For the next call. */
export async function openPageEar(page: PageClient): Promise<Ear> {
  await page.evaluate(
    'benchTap.frames = []; benchTap.peers = []; benchTap.firstSoundAt = undefined; undefined',
  )
  return {
    async firstSound(since) {
      for (let left = 1_000; left > 0; left--) {
        const at = await page.evaluate<number | undefined>('benchTap.firstSoundAt')
        if (at !== undefined && at >= since) return at
        await sleep(10)
      }
      throw new Error('nothing was decoded')
    },
    async sound(): Promise<Sound> {
      const { rate, pcm } = await page.evaluate<{ rate: number; pcm: string }>(call(collect))
      const bytes = Buffer.from(pcm, 'base64')
      return { rate, pcm: Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2)) }
    },
    concealment: () => page.evaluate<Concealment | undefined>(call(statistics)),
  }
}
