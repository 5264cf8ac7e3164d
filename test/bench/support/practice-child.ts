// The practice platform in a process of its own, with a caller that notes times and can play a tone at once.
import type { Line, LineOptions, Pcm } from '../../../practice/line.ts'
import { openPractice, type PracticeAddress } from '../../../practice/practice.ts'
import { openLine } from '../../../practice/sip/line.ts'
import type { StringPull } from '../../../practice/strings.ts'
import { nowMs, sleep } from '../figure.ts'
import { serveBench } from './channel.ts'

export interface PracticeAsks {
  address(): Promise<PracticeAddress & { customerId: string }>
  pull(wanted: StringPull): Promise<void>
  /** Frames to every event socket, each after a pause of 5 to 20 ms; resolves with the time of each. */
  send(frames: string[]): Promise<number[]>
  /** All of them at once; resolves with the times of the first and after the last. */
  burst(frames: string[]): Promise<[number, number]>
  /** Lines on the transcription of a call, so long apart; resolves when the last one was sent. */
  write(callId: string, lines: string[], apartMs: number): Promise<void>
  /** Whether answered calls hear a tone from their first frame on. */
  tone(on: boolean): Promise<void>
}

export interface PracticeTells {
  /** `> INVITE …` is sent by practice, `< SIP/2.0 180 …` comes from the phone. */
  sip(row: { at: number; line: string }): void
  /** The first frame with sound of a call, at the caller. */
  heard(row: { at: number }): void
  ended(row: { at: number }): void
}

let toneOn = false
const tone = toTone(60)
const practice = await openPractice({
  dialect: 'deployed',
  rates: { customer: { perSecond: 1_000, burst: 1_000 } },
  parts: { openLine: openNotedLine },
})

const asks: PracticeAsks = {
  address: async () => ({ ...practice.address, customerId: practice.customerId }),
  pull: (wanted) => practice.pull(wanted),
  async send(frames) {
    const times: number[] = []
    for (const text of frames) {
      await sleep(5 + Math.random() * 15)
      times.push(nowMs())
      await practice.pull({ pull: 'rawFrame', text })
    }
    return times
  },
  async burst(frames) {
    const first = nowMs()
    for (const text of frames) void practice.pull({ pull: 'rawFrame', text })
    return [first, nowMs()]
  },
  async write(callId, lines, apartMs) {
    for (const [at, message] of lines.entries()) {
      const direction = at % 2 === 0 ? 'in' : 'out'
      await practice.pull({ pull: 'transcript', callId, direction, message })
      if (apartMs > 0) await sleep(apartMs)
    }
  },
  async tone(on) {
    toneOn = on
  },
}
const tell = serveBench<PracticeTells>(asks, () => practice.close())

async function openNotedLine(options: LineOptions): Promise<Line> {
  const line = await openLine({
    ...options,
    log(text) {
      const at = nowMs()
      if (/^[<>] /.test(text)) tell.sip({ at, line: text })
      options.log(text)
    },
  })
  const invite: Line['invite'] = (wanted) => {
    const leg = line.invite(wanted)
    const stop = leg.onAudio((frame) => {
      if (!isLoud(frame)) return
      stop()
      tell.heard({ at: nowMs() })
    })
    leg.onChange((state) => {
      if (state.status === 'answered' && toneOn) void leg.play(tone).catch(() => {})
      if (state.status === 'ended') tell.ended({ at: nowMs() })
    })
    return leg
  }
  // The line reads its own fields through getters, so it is extended and not copied.
  return Object.create(line, { invite: { value: invite } }) as Line
}

const isLoud = (frame: Pcm) => frame.some((sample) => Math.abs(sample) > 500)

function toTone(seconds: number): Pcm {
  return Int16Array.from({ length: seconds * 8_000 }, (_, i) =>
    Math.round(6_000 * Math.sin((2 * Math.PI * 440 * i) / 8_000)),
  )
}
