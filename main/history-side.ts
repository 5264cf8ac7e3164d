// The history among the features: what it listens to, how long it keeps calls, where its exports go.
import type { StoreApi } from 'zustand/vanilla'
import type { MainHandlers } from '../common/bridge/table.ts'
import { AppError, toAppError } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import { sliceOf } from '../common/kit/slice.ts'
import type { AppState } from '../common/model/app-state.ts'
import { type HistoryFeature, openHistory } from './history/history.ts'
import type { Host } from './host.ts'
import type { createNotices } from './notices.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { Presence } from './presence.ts'

interface HistorySideParts {
  host: Pick<Host, 'dataDir' | 'log' | 'saveFile'>
  store: StoreApi<AppState>
  mirror: PhoneMirror
  presence(): Pick<Presence, 'now'>
  notices: Pick<ReturnType<typeof createNotices>, 'add' | 'settle'>
}

type Names = Extract<keyof MainHandlers, `history.${string}`>

export interface HistorySide {
  entries: HistoryFeature['entries']
  handlers: Pick<MainHandlers, Names>
}

export function openHistorySide(scope: Scope, parts: HistorySideParts): HistorySide {
  const { host, store, mirror, notices } = parts
  const history = openHistory(scope, {
    dataDir: host.dataDir,
    log: host.log,
    slice: sliceOf(store, 'history'),
    moments: sliceOf(store, 'moments'),
    days: () => store.getState().settings.historyDays,
    phone: mirror.store,
    app: store,
    entriesOf: (callId) => parts.presence().now()?.transcripts.entries(callId) ?? [],
    tell: (error) => notices.add(error.toData()),
    settle: notices.settle,
  })
  return { entries: history.entries, handlers: toHandlers(history, host) }
}

function toHandlers(history: HistoryFeature, { saveFile }: Pick<Host, 'saveFile'>): HistorySide['handlers'] {
  const then = (work: () => void) => {
    work()
    return null
  }
  return {
    'history.find': async (query) => history.find(query),
    'history.read': async ({ id }) => history.read(id),
    'history.mark': async ({ id, ...mark }) => then(() => history.mark(id, mark)),
    'history.addMoment': async ({ id, moment }) => then(() => history.addMoment(id, moment)),
    'history.removeMoment': async ({ id, momentId }) => then(() => history.removeMoment(id, momentId)),
    'history.remove': async ({ ids }) => then(() => history.remove(ids)),
    'history.removeAll': async () => then(() => history.removeAll()),
    'history.text': async ({ ids, format }) => history.export(ids, format),
    'history.export': async ({ ids, format }) => {
      const { name, text } = history.export(ids, format)
      const savedTo = await saveFile(name, text).catch((thrown: unknown) => {
        throw new AppError('history.notExported', { detail: toAppError(thrown).detail, cause: thrown })
      })
      return { savedTo: savedTo ?? null }
    },
  }
}
