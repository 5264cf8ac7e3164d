// The figures behind the word for the sound of a call.
import type { SessionMedia } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'

export interface SoundFact {
  label: string
  value: string
}

const share = (part: number | undefined) => (part === undefined ? '–' : `${(part * 100).toFixed(1)} %`)
const ms = (time: number | undefined) => (time === undefined ? '–' : say('{n} ms', { n: Math.round(time) }))
const count = (n: number) => n.toLocaleString('en-GB')

export function toSoundFacts(media: SessionMedia): SoundFact[] {
  return [
    { label: say('Packets in'), value: count(media.packetsReceived) },
    { label: say('Packets out'), value: count(media.packetsSent) },
    { label: say('Lost in all'), value: count(media.packetsLost) },
    { label: say('Loss in, 5 s'), value: share(media.lossIn) },
    { label: say('Loss out'), value: share(media.lossOut) },
    { label: say('Jitter'), value: ms(media.jitterMs) },
    { label: say('There and back'), value: ms(media.roundTripMs) },
    { label: say('MOS'), value: media.mos?.toFixed(1) ?? '–' },
    { label: say('Codec'), value: media.codec ?? '–' },
    { label: say('Path'), value: media.ice },
  ]
}
