// @vitest-environment jsdom
// What a screen reader hears of a transcript, while interim text comes without a pause.
import { act, useState } from 'react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { TranscriptEntry } from '../../../common/model/transcript.ts'
import { SpokenLog } from '../../../renderer/components/SpokenLog.tsx'
import { aLine, someLines } from '../../../renderer/gallery/people.ts'
import { toNaming } from '../../../renderer/view/transcript-view.ts'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

beforeAll(prepareJsdom)
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const naming = toNaming(someLines, [], 'Mina', 'en-US')
let show: (entries: readonly TranscriptEntry[]) => void = () => {}

function Log() {
  const [entries, setEntries] = useState<readonly TranscriptEntry[]>(someLines)
  show = setEntries
  return <SpokenLog entries={entries} naming={naming} />
}

test('a finished sentence is told though interim text comes faster than the rest between two looks', async () => {
  const page = await render(galleryState('call-live'), <Log />)
  const final = aLine(20, 'out', 'It is here.')
  for (const words of ['and', 'and now', 'and now we', 'and now we go', 'and now we go on']) {
    await act(async () => {
      show([...someLines, final, aLine(21, 'out', words, { status: 'interim' })])
      vi.advanceTimersByTime(100)
    })
  }
  expect(page.element.querySelector('[role=log]')?.textContent).toBe('Mina: It is here.')
  await page.close()
})
