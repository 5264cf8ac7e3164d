// A day as a table for people, and what of it must not be.
import type { Machine } from '../bench/machine.ts'
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

/** As it stands in docs/benchmarks.md. */
export function toSection(report: DayReport, { date, processor, browser, commit, load }: Machine): string {
  const { totals, seed, seconds } = report
  const made = `${totals.calls} calls, ${totals.lines.toLocaleString('en-GB')} transcript lines, ${totals.devices} changes of devices, ${totals.sleeps} sleeps and ${totals.drops} losses of the network`
  return `## An agent’s day

\`npm run day\` (${Math.round(seconds / 60)} minutes here): ${made}, in the Chromium shell on practice, with real SIP, events and
sound. Calls are taken, refused, cancelled, dialled, held, swapped and offered to each other by keys; the machine sleeps by stopping
all its processes, up to 24 s at a time; the network takes REST, events, SIP and sound with it. Then everything is counted in the
history’s own file. Memory is looked at after each hour’s last call has left SIP (34 s) and after forced collections.

${date} UTC, ${processor}, ${browser}, commit ${commit}, seed ${seed}, load at the end ${load}.

${toTable(report)}`
}

export function toTable(report: DayReport): string {
  const { reckoning, hours, times } = report
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
    row('Calls and troubles that hung', report.wedges.length, good(report.wedges)),
    row('Left over at the end, here and at the platform', reckoning.left.length, good(reckoning.left)),
    row('Complaints of the page', report.faults.length, good(report.faults)),
    memory('main', 'Main process, resident, hour by hour'),
    memory('tree', 'All processes, private'),
    memory('mainHeap', 'Heap of main'),
    memory('pageHeap', 'Heap of the page'),
    ...Object.entries(times).map(duration),
  ].join('\n')
}
