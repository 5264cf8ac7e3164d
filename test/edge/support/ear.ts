// What a person at the phone hears: everything the page plays, mixed as the loudspeaker would, recorded at 8 kHz.
import type { Page } from '@playwright/test'
import { createUntil } from '../../support/until.ts'

export interface Ear {
  /** Recorded so far, 8 kHz. */
  pcm(): Promise<Int16Array>
  /** Resolves when so many seconds have been recorded. */
  until(seconds: number): Promise<void>
  /** The recording; nothing is recorded afterwards. */
  stop(): Promise<Int16Array>
}

interface PageEar {
  /** Elements that were ever asked to play. */
  played: Set<HTMLMediaElement>
  chunks: Float32Array[]
  stop(): void
}

declare global {
  var ear: PageEar | undefined
}

const until = createUntil(50, 60_000)

/** From now on. Muted and paused elements are not heard; an element that begins later is. */
export async function openEar(page: Page): Promise<Ear> {
  await page.evaluate(record)
  const pcm = async () => {
    const text = await page.evaluate(read)
    const bytes = Buffer.from(text, 'base64')
    return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(i * 2))
  }
  return {
    pcm,
    async until(seconds) {
      await until(`${seconds} s in the ear`, () =>
        page.evaluate(recordedSamples).then((count) => count >= seconds * 8_000),
      )
    },
    async stop() {
      await page.evaluate(() => globalThis.ear?.stop())
      return pcm()
    },
  }
}

/** Runs in the page before the first call: elements live outside the document, so their playing is the only trace of them. */
export async function watchPlayback(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ear: PageEar = { played: new Set(), chunks: [], stop: () => {} }
    globalThis.ear = ear
    const play = HTMLMediaElement.prototype.play
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      ear.played.add(this)
      return play.call(this)
    }
  })
}

/** Runs in the page. */
function record(): void {
  const { ear } = globalThis
  if (!ear) throw new Error('playback is not watched')
  ear.stop()
  ear.chunks = []
  const context = new AudioContext({ sampleRate: 8_000 })
  const recorder = context.createScriptProcessor(2_048, 1, 1)
  const sources = new Map<MediaStream, { source: AudioNode; gain: GainNode; element: HTMLMediaElement }>()
  // Nothing of the recording is played again.
  const nowhere = context.createGain()
  nowhere.gain.value = 0
  recorder.connect(nowhere).connect(context.destination)
  const attend = () => {
    for (const element of ear.played) {
      const stream = element.srcObject
      if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0 || sources.has(stream))
        continue
      const gain = context.createGain()
      const source = context.createMediaStreamSource(stream)
      source.connect(gain).connect(recorder)
      sources.set(stream, { source, gain, element })
    }
    for (const [stream, { gain, element }] of sources) {
      const isHeard = element.srcObject === stream && !element.muted && !element.paused
      gain.gain.value = isHeard ? element.volume : 0
    }
  }
  const attending = setInterval(attend, 20)
  attend()
  recorder.onaudioprocess = ({ inputBuffer }) => void ear.chunks.push(inputBuffer.getChannelData(0).slice())
  ear.stop = () => {
    clearInterval(attending)
    recorder.onaudioprocess = null
    void context.close()
    ear.stop = () => {}
  }
}

/** Runs in the page. */
function recordedSamples(): number {
  return (globalThis.ear?.chunks ?? []).reduce((sum, { length }) => sum + length, 0)
}

/** Runs in the page: the recording as base64 of 16 bit samples. */
function read(): string {
  const chunks = globalThis.ear?.chunks ?? []
  const bytes = new DataView(new ArrayBuffer(chunks.reduce((sum, { length }) => sum + length, 0) * 2))
  let at = 0
  for (const chunk of chunks) {
    for (const sample of chunk) {
      bytes.setInt16(at, Math.max(-1, Math.min(1, sample)) * 32_767, true)
      at += 2
    }
  }
  let text = ''
  const all = new Uint8Array(bytes.buffer)
  for (let i = 0; i < all.length; i += 32_768) text += String.fromCharCode(...all.subarray(i, i + 32_768))
  return btoa(text)
}
