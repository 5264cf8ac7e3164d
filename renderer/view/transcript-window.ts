// Which rows of a transcript are in the page: those in sight and some around them, counted from the newest one,
// because that is where the list is held fast.

/** What a person sees: how far the lower edge is above the end of the list, and how high the view is, in px. */
export interface Sight {
  fromEnd: number
  height: number
}

export interface RowWindow {
  /** First row in the page. */
  from: number
  /** One behind the last row in the page. */
  to: number
  /** Room in px for the rows left out. Below it counts: the view hangs on the end. Above it only makes the scrollbar. */
  above: number
  below: number
}

/** So much is ready beyond both edges. */
const aroundPx = 400
/** Rows come and go in bundles: a window that moves with every line is work with every line. */
const bundle = 8
/** A row nobody has measured yet, for the scrollbar. */
const usualPx = 52

export function toWindow(count: number, heightOf: (index: number) => number, sight: Sight): RowWindow {
  let index = count
  let passed = 0
  while (index > 0 && passed + heightOf(index - 1) < sight.fromEnd - aroundPx) passed += heightOf(--index)
  const to = Math.min(count, Math.ceil(index / bundle) * bundle)
  let below = passed
  for (let row = index; row < to; row++) below -= heightOf(row)
  while (index > 0 && passed < sight.fromEnd + sight.height + aroundPx) passed += heightOf(--index)
  const from = Math.floor(index / bundle) * bundle
  return { from, to, above: from * usualPx, below }
}
