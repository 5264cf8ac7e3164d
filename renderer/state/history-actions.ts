// What the History screen does: asks main, and puts the answers where the screen reads them; late answers are dropped.
import type { MainCaller } from '../../common/bridge/table.ts'
import { type ErrorData, toAppError } from '../../common/kit/errors.ts'
import { say } from '../../common/words/say.ts'
import type { HistoryActions } from '../view/actions.ts'
import { type HistoryUi, toQuery } from '../view/history-view.ts'
import { toRecent } from '../view/recent-view.ts'
import type { CopyStore } from './copy-store.ts'
import type { UiStore } from './ui-store.ts'

/** As many calls are looked through for people. */
const mostCalls = 200

interface Parts {
  main: MainCaller
  copy: CopyStore
  ui: UiStore
  /** A failure becomes a notice; resolves with it. */
  shown(work: Promise<unknown>): Promise<ErrorData | undefined>
  writeClipboard(text: string): Promise<void>
}

export function createHistoryActions({ main, copy, ui, shown, writeClipboard }: Parts): HistoryActions {
  const set = (patch: Partial<HistoryUi>) =>
    ui.setState(({ history }) => ({ history: { ...history, ...patch } }))
  let asked = 0
  return {
    async find() {
      const mine = ++asked
      const { search } = ui.getState().history
      const { profiles, account } = copy.getState().app
      const customer = account.status === 'signedIn' ? account.customerId : ''
      const query = toQuery(search, { profile: profiles.now, customer }, Date.now())
      const found = await main['history.find'](query).then(
        (answer) => ({ status: 'ready', ...answer }) as const,
        (thrown: unknown) => ({ status: 'failed', error: toAppError(thrown).toData() }) as const,
      )
      if (mine === asked) set({ found })
    },
    async read(id) {
      const { open } = ui.getState().history
      if (open !== id) set({ open: id, told: undefined, detail: { status: id ? 'loading' : 'none' } })
      if (id === undefined) return
      const detail = await main['history.read']({ id }).then(
        (answer) => ({ status: 'ready', ...answer }) as const,
        (thrown: unknown) => ({ status: 'failed', error: toAppError(thrown).toData() }) as const,
      )
      if (ui.getState().history.open === id) set({ detail })
    },
    async recent() {
      const { profiles, account, extension } = copy.getState().app
      const customer = account.status === 'signedIn' ? account.customerId : ''
      const query = { profile: profiles.now, customer, limit: mostCalls }
      const own = extension.status === 'ready' ? extension.domain : undefined
      // Without a history nobody is offered, and nobody has to be told.
      const found = await main['history.find'](query).catch(() => ({ calls: [], total: 0 }))
      ui.setState({ recent: toRecent(found.calls, own) })
    },
    async save(ids, format) {
      set({ told: undefined })
      const work = main['history.export']({ ids: [...ids], format })
      await shown(
        work.then(
          ({ savedTo }) => savedTo !== null && set({ told: say('Saved as {file}', { file: savedTo }) }),
        ),
      )
    },
    async copy(ids) {
      const work = main['history.text']({ ids: [...ids], format: 'txt' })
      await shown(
        work.then(({ text }) =>
          writeClipboard(text).then(
            () => set({ told: say('Copied') }),
            () => set({ told: say('The system did not allow to copy') }),
          ),
        ),
      )
    },
    async remove(ids) {
      const work = ids === 'all' ? main['history.removeAll']({}) : main['history.remove']({ ids: [...ids] })
      if (await shown(work)) return
      const { open } = ui.getState().history
      const isOpenGone = open !== undefined && (ids === 'all' || ids.includes(open))
      set({ selected: [], ...(isOpenGone ? { open: undefined, detail: { status: 'none' } } : {}) })
    },
  }
}
