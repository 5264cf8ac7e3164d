// Marks what a search found in the rows that are in the page, without touching them (CSS Custom Highlight API, level 1).
import { type RefObject, useLayoutEffect, useMemo } from 'react'
import type { Hit } from '../view/search-view.ts'

const names = { all: 'found', now: 'found-now' }

export function useHighlights(
  rows: RefObject<HTMLElement | null>,
  hits: readonly Hit[],
  now: Hit | undefined,
): void {
  const byLine = useMemo(() => toLines(hits), [hits])
  // Rows come and go without a change of the hits.
  useLayoutEffect(() => {
    if (hits.length === 0 || !rows.current || typeof Highlight === 'undefined') return
    const [all, one] = toRanges(rows.current, byLine, now)
    CSS.highlights.set(names.all, new Highlight(...all))
    CSS.highlights.set(names.now, new Highlight(...one))
    return () => {
      for (const name of Object.values(names)) CSS.highlights.delete(name)
    }
  })
}

type ByLine = ReadonlyMap<string, readonly Hit[]>

function toLines(hits: readonly Hit[]): ByLine {
  const byLine = new Map<string, Hit[]>()
  for (const hit of hits) {
    const known = byLine.get(hit.id)
    if (known) known.push(hit)
    else byLine.set(hit.id, [hit])
  }
  return byLine
}

function toRanges(rows: HTMLElement, byLine: ByLine, now: Hit | undefined): [Range[], Range[]] {
  const [all, one]: [Range[], Range[]] = [[], []]
  for (const line of rows.querySelectorAll<HTMLElement>('.line[data-id]')) {
    const words = line.querySelector('.line-words')
    if (!words) continue
    for (const hit of byLine.get(line.dataset.id ?? '') ?? []) {
      const range = toRange(words, hit)
      const isNow = hit.id === now?.id && hit.from === now.from
      if (range) (isNow ? one : all).push(range)
    }
  }
  return [all, one]
}

/** Over the text nodes of a line: it may have one for each word. */
function toRange(words: Element, { from, to }: Hit): Range | undefined {
  const range = document.createRange()
  let passed = 0
  let isOpen = false
  for (const node of words.childNodes) {
    const length = node.textContent?.length ?? 0
    if (!isOpen && from < passed + length) {
      range.setStart(node, from - passed)
      isOpen = true
    }
    if (isOpen && to <= passed + length) {
      range.setEnd(node, to - passed)
      return range
    }
    passed += length
  }
  return undefined
}
