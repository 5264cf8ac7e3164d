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
    const memory: string[] = []
    const processor: string[] = []
    const slices = Math.min(6, Math.ceil(rounds / 3))
    await withPhones(subjects, async (phones) => {
      await sleep(restMs)
      for (const phone of phones) {
        const tree = processTree(phone.pid)
        book.add('idle memory', phone.name, mib(proportionalBytes(tree)))
        memory.push(`${phone.name} ${kindsOf(tree, inMib)}`)
      }
      // None of them does anything, so they can be watched at the same time.
      for (let i = 0; i < Math.min(2, slices); i++) {
        const watch = async (phone: Phone) =>
          book.add('idle processor', phone.name, (await watchProcessor(phone, sliceMs)).share)
        await Promise.all(phones.map(watch))
      }
      for (const phone of phones) {
        processor.push(`${phone.name} ${await watchCall(stage, phone, slices, book.add)}`)
      }
    })
    for (const line of [...memory, ...processor]) say(line)
    return toRows(book.of, { memory, processor, slices })
  },
}

/** Resolves with who took how much of the processor in the last slice. */
async function watchCall(
  stage: Stage,
  phone: Phone,
  slices: number,
  add: (name: string, subject: Phone['name'], value: number) => void,
): Promise<string> {
  const running = await answeredCall(stage, phone, { ear: 'none', voice: tone })
  // What answering costs is no part of the call.
  await sleep(2_000)
  let kinds = ''
  for (let i = 0; i < slices; i++) {
    const used = await watchProcessor(phone, sliceMs)
    add('call processor', phone.name, used.share)
    add('call memory', phone.name, mib(proportionalBytes(processTree(phone.pid))))
    kinds = used.kinds
  }
  await running.end()
  return kinds
}

/** Percent of one core over a time: of all its processes, and of each kind of them. */
async function watchProcessor({ pid }: Phone, time: number): Promise<{ share: number; kinds: string }> {
  const tree = processTree(pid)
  const before = new Map(tree.map((each) => [each, processorMs([each])]))
  await sleep(time)
  const shareOf = (pids: readonly number[]) =>
    pids.reduce((sum, each) => sum + processorMs([each]) - (before.get(each) ?? 0), 0) / (time / 100)
  return { share: shareOf(tree), kinds: kindsOf(tree, (value) => `${value.toFixed(1)} %`, shareOf) }
}

interface Shares {
  memory: readonly string[]
  processor: readonly string[]
  slices: number
}

function toRows(of: (name: string) => Row['values'], { memory, processor, slices }: Shares): Row[] {
  return [
    {
      what: 'Memory, registered and waiting',
      unit: 'MiB',
      aim: 250,
      values: of('idle memory'),
      note: `Proportional set size of all processes, ${restMs / 1000} s after the start: ${memory.join('; ')}.`,
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
      note: `Of one core, all processes, ${slices} slices of ${sliceMs / 1000} s. The companion encrypts, cancels echoes, suppresses noise, meters both directions and draws; linphonec does none of these here. ${processor.join('; ')}.`,
    },
  ]
}

const mib = (bytes: number) => bytes / 1024 / 1024
const inMib = (bytes: number) => `${mib(bytes).toFixed(1)} MiB`
