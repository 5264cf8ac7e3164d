// A hundred calls in a row to each phone, ten at a time in turn: what stays in memory.
import { sleep } from '../../figure.ts'
import { processTree, proportionalBytes } from '../../support/process-tree.ts'
import { timedCall } from '../call.ts'
import { type Part, type Row, withPhones } from '../row.ts'
import type { SubjectName } from '../subject.ts'

/** SIP keeps what belongs to a call for 32 s after it (RFC 3261 timer H). */
const sipMs = 34_000

export const row: Part = {
  name: 'row',
  about: 'a hundred calls in a row, memory after each ten',
  async run({ stage, subjects, rounds, say }) {
    const series: Partial<Record<SubjectName, number[]>> = {}
    const rest: Partial<Record<SubjectName, number[]>> = {}
    const tens = Math.min(10, Math.ceil(rounds / 2))
    await withPhones(subjects, async (phones) => {
      for (let ten = 1; ten <= tens; ten++) {
        for (const phone of phones) {
          for (let i = 0; i < 10; i++) await timedCall(stage, phone, 50)
          const held = proportionalBytes(processTree(phone.pid)) / 1024 / 1024
          series[phone.name] = [...(series[phone.name] ?? []), held]
          say(`${phone.name}, after ${ten * 10} calls: ${held.toFixed(1)} MiB`)
        }
      }
      await sleep(sipMs)
      for (const { name, pid } of phones) rest[name] = [proportionalBytes(processTree(pid)) / 1024 / 1024]
    })
    return toRows(series, rest, tens)
  },
}

function toRows(series: Row['values'], rest: Row['values'], tens: number): Row[] {
  const lines = Object.entries(series).map(
    ([name, values]) => `${name} ${values.map((value) => value.toFixed(0)).join(', ')}`,
  )
  return [
    {
      what: `Memory while ${tens * 10} calls follow each other`,
      unit: 'MiB',
      values: series,
      note: `Proportional set size of all processes after each ten: ${lines.join('; ')}. Nothing was collected by force.`,
    },
    {
      what: `Memory ${sipMs / 1000} s after the last of ${tens * 10} calls`,
      unit: 'MiB',
      values: rest,
    },
  ]
}
