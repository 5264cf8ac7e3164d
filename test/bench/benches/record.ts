// The flight record of an hour: opened in real Chromium; and delays that were put into a call, against what is computed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { withoutBodies } from '../../../common/model/record.ts'
import { createJournal } from '../../../main/record/journal.ts'
import { openShelf } from '../../../main/record/shelf.ts'
import { findChromium } from '../../../main/shells/chromium/find-chromium.ts'
import { aFlightRecord } from '../../../renderer/gallery/a-record.ts'
import { startPageServer } from '../../support/page-server.ts'
import { type Bench, median, most, ms, quantile } from '../figure.ts'
import { compareWithTruth } from '../support/injected-call.ts'

const rounds = 15
const calls = 40

export const record: Bench = {
  name: 'record',
  about: 'the flight record of an hour: open it; delays against the truth',
  async run(say) {
    const { answer, read } = await readAnHour()
    say(`main: p50 ${ms(median(read))}, ${(answer.length / 1024 / 1024).toFixed(1)} MB to the window`)
    const drawn = await drawAnHour(answer)
    say(`window: p50 ${ms(median(drawn))}`)
    const open = read.map((one, index) => one + (drawn[index] ?? 0))
    const off = Array.from({ length: calls }, (_, seed) => compareWithTruth(seed)).flat()
    return [
      {
        what: 'a call of 60 minutes: its record opens',
        goal: '≤ 300 ms',
        measured: `p50 ${ms(median(open))}, p95 ${ms(quantile(open, 0.95))}, most ${ms(most(open))} of ${rounds}`,
        met: quantile(open, 0.95) <= 300,
        note: `Main reads, unpacks, checks and writes it out (p50 ${ms(median(read))}); real Chromium reads that, computes all figures and paints (p50 ${ms(median(drawn))}). Without the way between the two.`,
      },
      {
        what: 'delays computed from a record, against those put into the call',
        goal: '≤ 20 ms off',
        measured: `p50 ${ms(median(off))}, p99 ${ms(quantile(off, 0.99))}, most ${ms(most(off))} of ${off.length}`,
        met: most(off) <= 20,
        note: 'Caption lag and say to heard. Known sound through the meters’ edges, with messages that come late and clocks that differ, through the recorder and the disk; not through the browser’s own audio.',
      },
    ]
  },
}

async function readAnHour(): Promise<{ answer: string; read: number[] }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'record-bench-'))
  try {
    const shelf = openShelf(dataDir)
    const { about, items, rtp, levels } = aFlightRecord({ minutes: 60, bad: true })
    const journal = createJournal(shelf.files('hour'), { ...about, id: 'hour' })
    for (const item of items) journal.add({ item })
    for (const sample of rtp) journal.add({ rtp: sample })
    for (const level of levels) journal.add({ level })
    await journal.close({ ...about, id: 'hour' })
    let answer = ''
    const read: number[] = []
    for (let n = 0; n < rounds; n++) {
      const startedAt = performance.now()
      const found = await shelf.read('hour')
      if (!found) throw new Error('there is no record')
      answer = JSON.stringify(withoutBodies(found))
      read.push(performance.now() - startedAt)
    }
    return { answer, read }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function drawAnHour(answer: string): Promise<number[]> {
  const server = await startPageServer(path.resolve(import.meta.dirname, '../../../dist/renderer'))
  const executablePath = findChromium()?.path
  if (!executablePath) throw new Error('no Chromium was found')
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args })
  try {
    const page = await browser.newPage({ viewport: { width: 1_400, height: 900 } })
    const drawn: number[] = []
    for (let n = 0; n < rounds; n++) {
      // Each time anew: the first one is what a person meets.
      await page.goto(`${server.url}/gallery.html?state=call-agent-idle`)
      await page.locator('.view').waitFor()
      const took = await page.evaluate((text) => {
        const { galleryBench: bench } = globalThis as {
          galleryBench?: { openRecord(text: string): Promise<number> }
        }
        if (!bench) throw new Error('the page has no handle for measuring')
        return bench.openRecord(text)
      }, answer)
      await page.locator('.record-axis canvas').waitFor()
      drawn.push(took)
    }
    return drawn
  } finally {
    await browser.close()
    await server.close()
  }
}
