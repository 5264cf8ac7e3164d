// The figures as a page for people: each beside its goal, a miss as plain as a hit.
import type { Figure } from './figure.ts'
import type { Machine } from './machine.ts'

export interface Section {
  name: string
  about: string
  figures: readonly Figure[]
  /** Why it could not measure. */
  failed?: string
}

export function toReport(machine: Machine, sections: readonly Section[], tookS: number): string {
  const all = sections.flatMap(({ figures }) => figures)
  const count = (met: boolean) => all.filter((figure) => figure.met === met).length
  return `# Benchmarks

Written by \`npm run bench\` (the program is built first; about ${Math.max(1, Math.round(tookS / 60))} minutes on this machine). One part again, printed only:
\`npm run bench -- --only NAME\`, with a NAME from below. Nothing here is asserted by a test: a bench fails only when it could not measure.

${machineTable(machine)}

**${count(true)} goals met, ${count(false)} missed.**

${sections.map(toSection).join('\n\n')}
`
}

function machineTable(machine: Machine): string {
  const rows = [
    ['Date', `${machine.date} UTC`],
    ['Processor', machine.processor],
    ['Memory', machine.memory],
    ['System', machine.system],
    ['Node', machine.node],
    ['Browser', machine.browser],
    ['Commit', machine.commit],
    ['Load of the machine at the start', machine.load],
  ]
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
}

function toSection({ name, about, figures, failed }: Section): string {
  const head = `## ${about[0]?.toUpperCase()}${about.slice(1)}\n\n\`npm run bench -- --only ${name}\``
  if (failed !== undefined) return `${head}\n\n**Could not be measured:** ${failed}`
  const rows = figures.map(
    ({ what, goal, measured, met }) => `| ${what} | ${goal} | ${measured} | ${toWord(met)} |`,
  )
  const notes = figures.flatMap(({ what, note }) => (note ? [`- ${what}: ${note}`] : []))
  const table = ['| Figure | Goal | Measured | |', '| --- | --- | --- | --- |', ...rows].join('\n')
  return [head, table, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n')
}

export const toWord = (met: boolean | undefined) => (met === undefined ? '' : met ? 'met' : '**missed**')
