// Calls in turn to each phone: ringing, answering, sound both ways.
import { median, ms } from '../../figure.ts'
import { type CallTimes, timedCall } from '../call.ts'
import { createNotebook, type Part, type Row, withPhones } from '../row.ts'

export const calls: Part = {
  name: 'calls',
  about: 'INVITE → 180, answer → 200, first sound both ways',
  async run({ stage, subjects, rounds, say }) {
    const book = createNotebook()
    const first = createNotebook()
    await withPhones(subjects, async (phones) => {
      for (let round = 0; round <= rounds; round++) {
        for (const phone of phones) {
          const times = await timedCall(stage, phone)
          say(`${phone.name}, call ${round}: ${JSON.stringify(times, rounded)}`)
          // The first call of a phone opens what the later ones find open.
          const kept = round === 0 ? first : book
          for (const [name, value] of Object.entries(times)) kept.add(name, phone.name, value)
        }
      }
    })
    return toRows(
      (name) => book.of(name),
      (name) => first.of(name),
    )
  },
}

type Read = (name: keyof CallTimes) => Row['values']

function toRows(of: Read, first: Read): Row[] {
  const each = (values: Row['values']) =>
    Object.entries(values)
      .map(([name, list]) => `${name} ${ms(median(list))}`)
      .join(', ')
  const atFirst = (name: keyof CallTimes) => `First call after the start: ${each(first(name))}.`
  return [
    {
      what: 'INVITE → 180 at the caller',
      unit: 'ms',
      values: of('ringing'),
      note: `Both ways through Kamailio, which asks rtpengine. Of it the phone alone, as the edge sees it: ${each(of('ringingPhone'))}. ${atFirst('ringing')}`,
    },
    {
      what: 'Answer → 200 at the caller',
      unit: 'ms',
      aim: 3,
      values: of('answered'),
      note: `From the click in the window, or the command to linphonec. Of it the phone alone, until its 200 has reached the edge: ${each(of('answeredPhone'))}; the rest is Kamailio and rtpengine. ${atFirst('answered')}`,
    },
    {
      what: '200 → first RTP of the phone at the caller',
      unit: 'ms',
      values: of('firstRtp'),
      note: `The companion’s leg is encrypted: a DTLS handshake of several messages with the edge comes before the first packet. ${atFirst('firstRtp')}`,
    },
    {
      what: '200 → first sound of the caller decoded',
      unit: 'ms',
      values: of('ear'),
      note: `Chromium: the companion’s meter, behind the jitter buffer. Electron: the frames of the received track. linphonec: the sample clock of the file it records. ${atFirst('ear')}`,
    },
    {
      what: 'Answer → first sound of the caller decoded',
      unit: 'ms',
      aim: 45,
      values: of('answerToEar'),
      note: atFirst('answerToEar'),
    },
  ]
}

const rounded = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10) / 10 : value
