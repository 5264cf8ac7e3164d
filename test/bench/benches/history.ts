// A history of 1,000 calls with 100,000 lines: looking for words in it, and writing one line more.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStore } from '../../../main/history/open-store.ts'
import type { HistoryStore } from '../../../main/history/store.ts'
import { aQuery, aRecord, aSpokenLine, noon } from '../../support/history.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { type Bench, median, most, ms, quantile } from '../figure.ts'

const calls = 1_000
const linesOfCall = 100
const rounds = 20
const words =
  'the call goes on and every word of it is written down while both sides speak about an invoice or a delivery'.split(
    ' ',
  )
/** One in every call, one in a few, one in one line, two together, one in every line, one that is nowhere. */
const searches = ['invoice', 'number 4', '99999', 'word deliv', 'th', 'pineapple']

export const history: Bench = {
  name: 'history',
  about: '100,000 lines in the history: search, and write one more',
  async run(say) {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'history-bench-'))
    const { store } = openStore({ dataDir, log: createQuietLog().log, tell: () => {} })
    try {
      if (store.kept !== 'database') throw new Error('this Node has no database')
      fill(store)
      const taken = searches.map((text) => measure(store, text, say))
      const all = taken.flat()
      const written = Array.from({ length: 200 }, (_, n) => write(store, n))
      return [
        {
          what: '100,000 lines of history: one search',
          goal: '≤ 50 ms',
          measured: `p50 ${ms(median(all))}, p95 ${ms(quantile(all, 0.95))}, most ${ms(most(all))} of ${all.length}`,
          met: most(all) <= 50,
          note: `1,000 calls; the newest 500 that match, each with its first line and their number. Searches: ${searches.join(', ')}; the slowest is a beginning that stands in every line.`,
        },
        {
          what: '100,000 lines of history: one line more',
          goal: '≤ 16 ms',
          measured: `p50 ${ms(median(written))}, p99 ${ms(quantile(written, 0.99))}, most ${ms(most(written))}`,
          met: quantile(written, 0.99) <= 16,
          note: 'As each final line of a transcript: written, indexed and committed.',
        },
      ]
    } finally {
      store.close()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
}

function fill(store: HistoryStore): void {
  for (let c = 0; c < calls; c++) {
    const entries = Array.from({ length: linesOfCall }, (_, n) => {
      const at = c * linesOfCall + n
      const text = Array.from({ length: 4 + (at % 19) }, (_, w) => words[(at + w * 3) % words.length]).join(
        ' ',
      )
      return aSpokenLine(`line-${at}`, `The ${text} number ${at}.`, { createdAt: noon + at })
    })
    const id = `call-${c}`
    store.apply([
      { op: 'call', call: aRecord(id, { startedAt: noon + c }) },
      { op: 'lines', id, entries },
    ])
  }
}

function measure(store: HistoryStore, text: string, say: (line: string) => void): number[] {
  let total = 0
  const took = Array.from({ length: rounds }, () => {
    const startedAt = performance.now()
    total = store.find(aQuery({ text })).total
    return performance.now() - startedAt
  })
  say(`“${text}”: ${total} calls, p50 ${ms(median(took))}, most ${ms(most(took))}`)
  return took
}

function write(store: HistoryStore, n: number): number {
  const startedAt = performance.now()
  store.apply([{ op: 'lines', id: 'call-999', entries: [aSpokenLine(`more-${n}`, `One more line, ${n}.`)] }])
  return performance.now() - startedAt
}
