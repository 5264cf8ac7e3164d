// What the actions of reading do now: in the call whose transcript the Call screen shows.
import { toHistoryId } from '../../common/model/history.ts'
import type { MomentKind } from '../../common/model/moment.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { say } from '../../common/words/say.ts'
import type { ActionRuns } from '../view/action-table.ts'
import { toLastHeard } from '../view/last-heard-view.ts'
import { toPress } from '../view/moments-view.ts'
import { type Reading, toNextSize, toReadCall } from '../view/reading-view.ts'
import { createFinder, toFirstHit, toNextHit } from '../view/search-view.ts'
import { toTranscriptText } from '../view/transcript-text.ts'
import { toNaming } from '../view/transcript-view.ts'
import type { Companion } from './companion.tsx'

type Parts = Pick<Companion, 'copy' | 'ui' | 'phone' | 'actions'>

export function toReadingRuns(parts: Parts): ActionRuns {
  const { captionSize } = parts.copy.getState().app.settings
  const size = (step: 1 | -1) => {
    const next = toNextSize(captionSize, step)
    return next === undefined ? undefined : () => parts.actions.change({ captionSize: next })
  }
  return { 'reading.larger': size(1), 'reading.smaller': size(-1), ...inTranscript(parts) }
}

function inTranscript(parts: Parts): ActionRuns {
  const call = toShownCall(parts)
  if (!call) return {}
  const { ui } = parts
  const set = (patch: Partial<Reading>) =>
    ui.setState(({ reading }) => ({ screen: 'call', reading: { ...reading, ...patch } }))
  const { reading } = ui.getState()
  const go = (step: 1 | -1) =>
    reading.search.open ? () => set(toStep(call.entries, reading, step)) : undefined
  return {
    'reading.search': () => {
      set({ search: { ...reading.search, open: true } })
      ui.setState({ focus: 'transcript' })
    },
    'reading.next': go(1),
    'reading.before': go(-1),
    'reading.live': () => set({ place: { to: 'live' } }),
    'reading.again': () => {
      const again = toLastHeard(call.entries, call.naming, reading.again + 1) ? reading.again + 1 : 1
      set({ again })
    },
    'reading.pin': () => mark(parts, call, 'pin'),
    'reading.flag': () => mark(parts, call, 'flag'),
    'reading.moments': () => set({ listed: !reading.listed }),
    'reading.copy': () => void copyText(call, reading.selected).then((told) => set({ told })),
  }
}

interface ShownCall {
  id: string
  /** By this machine's clock; nothing while it lasts. */
  endedAt: number | undefined
  entries: readonly TranscriptEntry[]
  naming: ReturnType<typeof toNaming>
}

function toShownCall({ copy, phone }: Parts): ShownCall | undefined {
  const { app, transcripts } = copy.getState()
  const call = toReadCall(app, phone.store.getState())
  if (!call) return undefined
  const entries = transcripts[call.callId] ?? []
  const items = app.speakings[call.callId]?.items ?? []
  return {
    id: toHistoryId(call.session),
    endedAt: call.session.endedAt,
    entries,
    naming: toNaming(entries, items, call.name, app.settings.language),
  }
}

/** The search looks at another place, and the list goes there. */
export function toStep(
  entries: readonly TranscriptEntry[],
  { search }: Reading,
  step: 1 | -1 | 'first',
): Partial<Reading> {
  const hits = createFinder(search.text).find(entries)
  const at = step === 'first' ? toFirstHit(hits.length) : toNextHit(search.at, hits.length, step)
  const hit = hits[at]
  return { search: { ...search, at }, ...(hit ? { place: { to: 'line', id: hit.id } } : {}) }
}

function mark({ copy, ui, actions }: Parts, { id, endedAt, entries }: ShownCall, kind: MomentKind): void {
  const { reading } = ui.getState()
  const line = entries.find((entry) => entry.id === reading.selected)
  const moments = copy.getState().app.moments[id] ?? []
  // Afterwards it is about the end of the call.
  const now = Math.min(Date.now(), endedAt ?? Number.POSITIVE_INFINITY)
  const press = toPress(kind, moments, line?.kind === 'line' ? line : undefined, now)
  const done =
    'add' in press
      ? actions.ask('history.addMoment', { id, moment: press.add })
      : actions.ask('history.removeMoment', { id, momentId: press.remove })
  void done.then((error) => {
    if (!error) ui.setState((now) => ({ reading: { ...now.reading, told: toTold(kind, 'add' in press) } }))
  })
}

function toTold(kind: MomentKind, isAdded: boolean): string {
  if (!isAdded) return kind === 'pin' ? say('Unpinned') : say('Flag removed')
  return kind === 'pin' ? say('Pinned') : say('Flagged')
}

/** The chosen line, else everything. What it came to, in words. */
async function copyText({ entries, naming }: ShownCall, selected: string | undefined): Promise<string> {
  const some = entries.some(({ id }) => id === selected) ? new Set([selected]) : undefined
  const text = toTranscriptText(entries, naming, some)
  return navigator.clipboard.writeText(text).then(
    () => say('Copied'),
    () => say('The system did not allow to copy'),
  )
}
