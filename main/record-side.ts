// The flight records among the features: what they listen to, how long they are kept, where their exports go.
import type { StoreApi } from 'zustand/vanilla'
import type { MainHandlers } from '../common/bridge/table.ts'
import { AppError, toAppError } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import { toBundle } from '../common/record/export/bundle.ts'
import type { Host } from './host.ts'
import type { createNotices } from './notices.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import { openRecords, type RecordsFeature } from './record/records.ts'

interface RecordSideParts {
  host: Pick<Host, 'dataDir' | 'log' | 'saveFile' | 'shell'>
  store: StoreApi<AppState>
  mirror: PhoneMirror
  notices: Pick<ReturnType<typeof createNotices>, 'add' | 'settle'>
}

type Names = Extract<keyof MainHandlers, `record.${string}`>

export interface RecordSide extends Pick<RecordsFeature, 'trace' | 'entries'> {
  handlers: Pick<MainHandlers, Names>
  /** The same handlers; what a person asked for is noted when it is asked. */
  watch(handlers: MainHandlers): MainHandlers
}

export function openRecordSide(scope: Scope, { host, store, mirror, notices }: RecordSideParts): RecordSide {
  const records = openRecords(scope, {
    dataDir: host.dataDir,
    log: host.log,
    phone: mirror.store,
    app: store,
    onSound: mirror.onSound,
    settings: () => store.getState().settings.records,
    setting: () => ({ environment: store.getState().settings.environment, companion: host.shell.version }),
    tell: (error) => notices.add(error.toData()),
    settle: notices.settle,
  })
  return {
    trace: records.trace,
    entries: records.entries,
    handlers: toHandlers(records, host),
    watch: (handlers) => watchActions(handlers, records),
  }
}

function toHandlers(records: RecordsFeature, { saveFile }: Pick<Host, 'saveFile'>): RecordSide['handlers'] {
  return {
    'record.clock': async () => ({ at: records.now() }),
    'record.add': async ({ batch }) => {
      records.batch(batch)
      return null
    },
    'record.read': ({ id }) => records.read(id),
    'record.body': async ({ id, index }) => ({ text: await records.body(id, index) }),
    'record.export': async ({ id }) => {
      const { name, bytes } = await toBundle(await records.whole(id))
      const savedTo = await saveFile(name, bytes).catch((thrown: unknown) => {
        throw new AppError('history.notExported', { detail: toAppError(thrown).detail, cause: thrown })
      })
      return { savedTo: savedTo ?? null }
    },
    'record.removeAll': async () => {
      await records.remove('all')
      return null
    },
  }
}

/** What a person does; what the window reports or merely looks at is none. */
const actions =
  /^(account|signUp|accessKey|extension|subscription|call|speaking|quickstart|settings|profile|webhook|receiver)\./
const noActions = /\.(list|look)$/

/** Only that it was asked, and of which call: what was typed may be a secret, and stands elsewhere where it is none. */
function watchActions(handlers: MainHandlers, records: RecordsFeature): MainHandlers {
  const watched = Object.entries(handlers).map(([name, handler]) => {
    if (!actions.test(name) || noActions.test(name)) return [name, handler]
    const run = (input: unknown) => {
      const { callId } = (input ?? {}) as { callId?: string }
      records.action(name, callId)
      return (handler as (input: unknown) => Promise<unknown>)(input)
    }
    return [name, run]
  })
  const all = Object.fromEntries(watched) as MainHandlers
  return {
    ...all,
    // A record goes with its call.
    'history.remove': async (input) => {
      const done = await handlers['history.remove'](input)
      await records.remove(input.ids)
      return done
    },
    'history.removeAll': async (input) => {
      const done = await handlers['history.removeAll'](input)
      await records.remove('all')
      return done
    },
  }
}
