// What is left of speech that comes over a bad network: the same packets lost or late for each phone.
import { toTelephoneRate } from '../../../../practice/voice/resample.ts'
import { repeat, say as speak } from '../../../edge/speech/say.ts'
import { callerSays } from '../../../edge/speech/words.ts'
import { median, sleep } from '../../figure.ts'
import { answeredCall } from '../call.ts'
import { type Impairment, impair } from '../impairment.ts'
import { createNotebook, type Part, withPhones } from '../row.ts'
import { scoreSpeech } from '../score.ts'
import type { Stage } from '../stage.ts'
import type { Phone } from '../subject.ts'

const conditions: readonly Impairment[] = [
  { loss: 0, jitterMs: 0 },
  { loss: 0.01, jitterMs: 0 },
  { loss: 0.03, jitterMs: 0 },
  { loss: 0.05, jitterMs: 0 },
  { loss: 0.1, jitterMs: 0 },
  { loss: 0, jitterMs: 50 },
]
const speechSeconds = 12

export const quality: Part = {
  name: 'quality',
  about: 'speech after loss and jitter, against what was sent',
  async run({ stage, subjects, rounds, say }) {
    const book = createNotebook()
    const speech = repeat(await speak(callerSays), speechSeconds)
    await withPhones(subjects, async (phones) => {
      for (let round = 0; round < Math.ceil(rounds / 10); round++) {
        for (const condition of conditions) {
          for (const phone of phones) {
            const heard = await listen(stage, phone, speech, condition, round)
            say(`${phone.name}, ${nameOf(condition)}: ${JSON.stringify(heard)}`)
            for (const [what, value] of Object.entries(heard)) {
              book.add(`${what} ${nameOf(condition)}`, phone.name, value)
            }
          }
        }
      }
    })
    return conditions.map((condition) => ({
      what: `Speech at ${nameOf(condition)}: log-spectral distance`,
      unit: 'dB',
      values: book.of(`decibels ${nameOf(condition)}`),
      note: noteOf(condition, (what) => book.of(`${what} ${nameOf(condition)}`)),
    }))
  },
}

async function listen(
  stage: Stage,
  phone: Phone,
  speech: Int16Array,
  condition: Impairment,
  round: number,
): Promise<Record<string, number>> {
  const running = await answeredCall(stage, phone, {
    ear: 'full',
    voice: withLeadIn(speech),
    prepare: (call) => impair(call.media.faults, condition, round),
  })
  await running.spoken
  await sleep(500)
  const concealment = await running.ear.concealment()
  await running.end()
  const { pcm, rate } = await running.ear.sound()
  return {
    decibels: scoreSpeech(speech, await toTelephoneRate(pcm, rate)),
    ...concealment,
  }
}

/** A moment of the quiet line first: the network is judged, not the start of the call. */
function withLeadIn(speech: Int16Array): Int16Array {
  const voice = new Int16Array(8_000 + speech.length)
  voice.set(speech, 8_000)
  return voice
}

function noteOf(condition: Impairment, of: (what: string) => Partial<Record<string, number[]>>): string {
  const concealed = Object.entries(of('concealed')).map(([name, values = []]) => {
    const buffer = median(of('bufferMs')[name] ?? [])
    return `${name} made up ${median(values).toFixed(2)} % of what it played, with ${Math.round(buffer)} ms in its jitter buffer`
  })
  const way = condition.jitterMs > 0 ? `Each packet up to ${condition.jitterMs} ms late. ` : ''
  return `${way}${concealed.join('; ')}${concealed.length > 0 ? '; ' : ''}linphonec does not tell.`
}

const nameOf = ({ loss, jitterMs }: Impairment) =>
  jitterMs > 0 ? `${jitterMs} ms jitter` : `${Math.round(loss * 100)} % loss`
