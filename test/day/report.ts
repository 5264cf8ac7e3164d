// A day as a table for people, and what of it must not be.
import type { Memory } from './memory.ts'
import type { DayReport } from './run.ts'

/** More than in the first hour, at most: a share of it. */
const growthLimit = 0.1

export const growthOf = (
  hours: readonly Memory[],
  name: 'main' | 'tree' | 'mainHeap' | 'pageHeap',
): number => {
  const [first, last] = [hours[0]?.[name], hours.at(-1)?.[name]]
  return first && last ? last / first - 1 : 0
}

/** Whatever was lost, hung, complained or stayed; memory is judged by `toGrowth`. */
export function toFaults({ wedges, faults, reckoning: { calls, lines, left } }: DayReport): string[] {
  const named = (name: string, all: readonly string[]) => all.map((one) => `${name}: ${one}`)
  return [
    ...named('hung', wedges),
    ...named('the page complained', faults),
    ...named('call', calls.wrong),
    ...named('lines missing', lines.missing),
    ...named('lines twice', lines.doubled),
    ...named('lines out of order', lines.disordered),
    ...named('left over', left),
  ]
}

export function toTable(report: DayReport): string {
  const { totals, reckoning, hours, times } = report
  const { calls, lines } = reckoning
  const row = (...cells: Array<string | number>) => `| ${cells.join(' | ')} |`
  const percent = (share: number) => `${share >= 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(1)} %`
  const memory = (name: 'main' | 'tree' | 'mainHeap' | 'pageHeap', what: string) => {
    const growth = growthOf(hours, name)
    const all = hours.map((hour) => (hour[name] / 1024 / 1024).toFixed(0)).join(' · ')
    return row(what, `${all} MB: ${percent(growth)}`, growth <= growthLimit ? 'met' : '**missed**')
  }
  const good = (all: readonly unknown[]) => (all.length === 0 ? 'met' : '**missed**')
  const duration = ([name, { median, worst, count }]: [
    string,
    { median: number; worst: number; count: number },
  ]) => row(`${name}, ms`, `median ${median}, worst ${worst} of ${count}`, '')
  return [
    row('What', 'Counted', ''),
    row('---', '---', '---'),
    row(
      'Calls in the history, each with its outcome',
      `${calls.found} of ${calls.expected}`,
      good(calls.wrong),
    ),
    row(
      'Transcript lines, each once and in order',
      `${lines.found} of ${lines.sent}`,
      good([...lines.missing, ...lines.doubled, ...lines.disordered]),
    ),
    row(
      `Scenes that hung (${totals.devices} changes of devices, ${totals.sleeps} sleeps, ${totals.drops} losses of the network)`,
      report.wedges.length,
      good(report.wedges),
    ),
    row('Left over at the end, here and at the platform', reckoning.left.length, good(reckoning.left)),
    row('Complaints of the page', report.faults.length, good(report.faults)),
    memory('main', 'Main process, resident, hour by hour'),
    memory('tree', 'All processes, private'),
    memory('mainHeap', 'Heap of main'),
    memory('pageHeap', 'Heap of the page'),
    ...Object.entries(times).map(duration),
  ].join('\n')
}
