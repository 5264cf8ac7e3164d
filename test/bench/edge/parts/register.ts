// Registering again after an unregistration, as after a network that came back: connect, challenge, 200.
import { median, ms, sleep } from '../../figure.ts'
import { createNotebook, type Part, withPhones } from '../row.ts'
import type { Stage } from '../stage.ts'
import type { Phone } from '../subject.ts'

export const register: Part = {
  name: 'register',
  about: 'register → 200',
  async run({ stage, subjects, rounds, say }) {
    const book = createNotebook()
    await withPhones(subjects, async (phones) => {
      for (let round = 0; round < rounds; round++) {
        for (const phone of phones) {
          const times = await registerOnce(stage, phone)
          say(`${phone.name}, register ${round + 1}: ${ms(times.whole)}, at the edge ${ms(times.edge)}`)
          for (const [name, value] of Object.entries(times)) book.add(name, phone.name, value)
        }
      }
    })
    const first = Object.entries(book.of('first'))
      .map(([name, values]) => `${name} ${ms(median(values))}`)
      .join(', ')
    return [
      {
        what: 'Register: command → 200 sent by the registrar',
        unit: 'ms',
        values: book.of('whole'),
        note: `Unregistered before. The companion opens a TCP, TLS and WebSocket connection first, linphonec sends a datagram. Until the first REGISTER reaches the edge: ${first}.`,
      },
      {
        what: 'Register: first REGISTER → 200, at the edge',
        unit: 'ms',
        values: book.of('edge'),
        note: 'Challenge and answer: what the phone needs to compute a digest and to send it.',
      },
    ]
  },
}

async function registerOnce({ edge }: Stage, phone: Phone) {
  const user = phone.extension
  const leftAt = await phone.unregister()
  await edge.log.next('register', { user, status: 200 }, leftAt)
  await sleep(300)
  const before = edge.log.events.length
  const orderedAt = await phone.register()
  const { at, call } = await edge.log.next('register', { user, status: 200 }, orderedAt)
  const first = edge.log.events
    .slice(before)
    .find((event) => event.name === 'request' && event.method === 'REGISTER' && event.call === call)
  const firstAt = first?.at ?? Number.NaN
  return { whole: at - orderedAt, first: firstAt - orderedAt, edge: at - firstAt }
}
