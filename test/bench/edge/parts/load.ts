// What a phone takes while it waits and in a long call: memory of all its processes, and processor time.
import { sleep } from '../../figure.ts'
import { kindsOf, processorMs, processTree, proportionalBytes } from '../../support/process-tree.ts'
import { answeredCall, tone } from '../call.ts'
import { createNotebook, type Part, type Row, withPhones } from '../row.ts'
import type { Stage } from '../stage.ts'
import type { Phone } from '../subject.ts'

/** The companion lets go of its microphone a minute after its last use. */
const restMs = 66_000
const sliceMs = 10_000

export const load: Part = {
  name: 'load',
  about: 'memory and processor, waiting and in a call of a minute',
  async run({ stage, subjects, rounds, say }) {
    const book = createNotebook()
    const parts: string[] = []
    const slices = Math.min(6, Math.ceil(rounds / 3))
    await withPhones(subjects, async (phones) => {
      await sleep(restMs)
      for (const phone of phones) {
        const tree = processTree(phone.pid)
        book.add('idle memory', phone.name, mib(proportionalBytes(tree)))
        parts.push(`${phone.name} waiting: ${kindsOf(tree, inMib)}`)
      }
      // None of them does anything, so they can be watched at the same time.
      for (let i = 0; i < Math.min(2, slices); i++) {
        const watch = async (phone: Phone) =>
          book.add('idle processor', phone.name, await share(phone, sliceMs))
        await Promise.all(phones.map(watch))
      }
      for (const phone of phones) {
        parts.push(`${phone.name} in a call: ${await watchCall(stage, phone, slices, book.add)}`)
      }
    })
    for (const line of parts) say(line)
    return toRows(book.of, parts, slices)
  },
}

async function watchCall(
  stage: Stage,
  phone: Phone,
  slices: number,
  add: (name: string, subject: Phone['name'], value: number) => void,
): Promise<string> {
  const running = await answeredCall(stage, phone, { ear: 'none', voice: tone })
  // What answering costs is no part of the call.
  await sleep(2_000)
  for (let i = 0; i < slices; i++) {
    add('call processor', phone.name, await share(phone, sliceMs))
    add('call memory', phone.name, mib(proportionalBytes(processTree(phone.pid))))
  }
  const kinds = kindsOf(processTree(phone.pid), inMib)
  await running.end()
  return kinds
}

/** Percent of one core over a time, of all its processes. */
async function share({ pid }: Phone, time: number): Promise<number> {
  const tree = processTree(pid)
  const before = processorMs(tree)
  await sleep(time)
  return ((processorMs(tree) - before) / time) * 100
}

function toRows(of: (name: string) => Row['values'], parts: readonly string[], slices: number): Row[] {
  return [
    {
      what: 'Memory, registered and waiting',
      unit: 'MiB',
      aim: 250,
      values: of('idle memory'),
      note: `Proportional set size of all processes, ${restMs / 1000} s after the start. ${parts.join('. ')}.`,
    },
    { what: 'Memory in a call', unit: 'MiB', values: of('call memory') },
    {
      what: 'Processor, registered and waiting',
      unit: '%',
      values: of('idle processor'),
      note: 'Of one core, all processes.',
    },
    {
      what: 'Processor in a call',
      unit: '%',
      aim: 8,
      values: of('call processor'),
      note: `Of one core, all processes, ${slices} slices of ${sliceMs / 1000} s. The companion encrypts, cancels echoes, suppresses noise, meters both directions and draws; linphonec does none of these here.`,
    },
  ]
}

const mib = (bytes: number) => bytes / 1024 / 1024
const inMib = (bytes: number) => `${mib(bytes).toFixed(1)} MiB`
