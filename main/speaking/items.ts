// The items of a call's queue. Pure: items before → items after. None is lost, none is said twice, none goes back.
import { AppError } from '../../common/kit/errors.ts'
import { isLeft, isUnderWay, type SpeakItem, type SpeakItemStatus } from '../../common/model/speaking.ts'

type Items = readonly SpeakItem[]

/** Older ones go when they are done; what waits or is under way never does. */
const mostItems = 200

/** A higher rank never goes back to a lower one. What a person or the other side cut stays cut. */
const rank: Record<SpeakItemStatus, number> = {
  waiting: 0,
  sending: 1,
  queued: 2,
  speaking: 3,
  heard: 4,
  failed: 5,
  transcribed: 6,
  flushed: 7,
  interrupted: 7,
}

export interface NewItem {
  id: string
  text: string
}

export function withNew(items: Items, added: readonly NewItem[], now: number, undoMs = 0): SpeakItem[] {
  const next = added.map(
    ({ id, text }): SpeakItem => ({
      id,
      text,
      status: 'waiting',
      createdAt: now,
      ...(undoMs > 0 ? { dueAt: now + undoMs } : {}),
    }),
  )
  const all = [...items, ...next]
  let spare = all.length - mostItems
  return all.filter((item) => spare <= 0 || item.status === 'waiting' || isUnderWay(item) || spare-- <= 0)
}

/** Whether the next one may go now; `atMs` = it waits until then. Order is kept: what stands behind waits with it. */
export function nextItem(
  items: Items,
  now: number,
): { status: 'go'; item: SpeakItem } | { status: 'later'; atMs: number } | undefined {
  const item = items.find(({ status }) => status === 'waiting')
  if (!item || item.held) return undefined
  if (item.dueAt !== undefined && item.dueAt > now) return { status: 'later', atMs: item.dueAt }
  return { status: 'go', item }
}

/** Forward only; what does not fit leaves the item as it is. */
export function withStatus(
  items: Items,
  id: string,
  status: SpeakItemStatus,
  more: Partial<SpeakItem> = {},
): SpeakItem[] {
  return items.map((item) =>
    item.id === id && rank[status] > rank[item.status] ? { ...item, ...more, status } : item,
  )
}

export const withFields = (items: Items, id: string, more: Partial<Omit<SpeakItem, 'status'>>): SpeakItem[] =>
  items.map((item) => (item.id === id ? { ...item, ...more } : item))

/** Throws when it no longer waits: then it is, or was, on its way. */
function waitingOne(items: Items, id: string): SpeakItem {
  const item = items.find((one) => one.id === id)
  if (item?.status !== 'waiting') throw new AppError('speaking.tooLate')
  return item
}

/** Several texts, where one `say` cannot take it all. */
export function withText(items: Items, id: string, texts: readonly NewItem[]): SpeakItem[] {
  const { held: _, ...item } = waitingOne(items, id)
  return items.flatMap((one) => (one.id === id ? texts.map((text) => ({ ...item, ...text })) : [one]))
}

export function withHold(items: Items, id: string, held: boolean): SpeakItem[] {
  // Letting go of one that is gone is nothing worth telling.
  if (held) waitingOne(items, id)
  return items.map(({ held: _, ...item }) => (item.id === id && held ? { ...item, held } : item))
}

/** Changes places with its neighbour among those that wait. */
export function withMoved(items: Items, id: string, by: -1 | 1): SpeakItem[] {
  waitingOne(items, id)
  const waiting = items.filter(({ status }) => status === 'waiting')
  const at = waiting.findIndex((item) => item.id === id)
  const other = waiting[at + by]
  const one = waiting[at]
  if (!other || !one) return [...items]
  return items.map((item) => (item.id === one.id ? other : item.id === other.id ? one : item))
}

/** Taken back while it waits, or put away when it is over and was not said. Throws when it is, or was, on its way. */
export function without(items: Items, id: string): SpeakItem[] {
  const item = items.find((one) => one.id === id)
  if (item && item.status !== 'waiting' && !isLeft(item)) throw new AppError('speaking.tooLate')
  return items.filter((one) => one.id !== id)
}

/** What waits and what is under way; `current` is still being spoken although some of it was transcribed already. */
export function withCut(
  items: Items,
  as: 'flushed' | 'interrupted',
  current?: string | undefined,
): SpeakItem[] {
  return items.map((item) => {
    const isOpen = item.status === 'waiting' || isUnderWay(item) || item.id === current
    if (!isOpen || isLeft(item)) return item
    const { held: _, dueAt: __, error: ___, ...rest } = item
    return { ...rest, status: as }
  })
}

/** Said again: a new item at the end, in place of the one that was not said. */
export function withAgain(items: Items, id: string, made: NewItem['id'], now: number): SpeakItem[] {
  const item = items.find((one) => one.id === id)
  if (!item || !isLeft(item)) throw new AppError('speaking.tooLate')
  return withNew(without(items, id), [{ id: made, text: item.text }], now)
}
