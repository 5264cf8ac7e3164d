// From the start of the process to the 200 of the registrar, phone after phone, each with its profile of before.
import { median, ms } from '../../figure.ts'
import { createNotebook, type Part } from '../row.ts'
import type { SubjectName } from '../subject.ts'

export const start: Part = {
  name: 'start',
  about: 'process start to registered',
  async run({ subjects, rounds, say }) {
    const book = createNotebook()
    const stages = new Map<string, number[]>()
    // Electron has no key store here and is signed in by the bench: its start is not one that a person sees.
    const timed = subjects.filter(({ name }) => name !== 'electron')
    // The first start of a profile makes it, and is not counted.
    for (let round = 0; round <= Math.ceil(rounds / 2); round++) {
      for (const subject of timed) {
        const phone = await subject.start()
        await phone.stop()
        const took = phone.registeredAt - phone.startedAt
        say(`${subject.name}, start ${round}: ${ms(took)}`)
        if (round === 0) continue
        book.add('registered', subject.name, took)
        for (const [name, at] of phone.stages) stages.set(name, [...(stages.get(name) ?? []), at])
      }
    }
    const made = [...stages].map(([name, values]) => `${name} ${ms(median(values))}`).join(', ')
    const values: Partial<Record<SubjectName, number[]>> = book.of('registered')
    return [
      {
        what: 'Process start → registered',
        unit: 'ms',
        aim: 600,
        values,
        note: `The companion signs in to the API, finds its extension and opens the window with its page before it can register; linphonec reads a file. Electron is left out: without a key store it does not sign in by itself. Stages of the companion: ${made}.`,
      },
    ]
  },
}
