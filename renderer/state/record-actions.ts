// What the time machine does: asks main for a record, reads one out of a file, takes one along; late answers are dropped.
import type { MainCaller } from '../../common/bridge/table.ts'
import { type ErrorData, toAppError } from '../../common/kit/errors.ts'
import { say } from '../../common/words/say.ts'
import type { RecordActions } from '../view/actions.ts'
import type { RecordUi } from '../view/record-view.ts'
import { readFile, toReady } from './open-record.ts'
import type { ScreenName, UiStore } from './ui-store.ts'

interface Parts {
  main: Pick<MainCaller, 'record.read' | 'record.body' | 'record.export'>
  ui: UiStore
  /** A failure becomes a notice; resolves with it. */
  shown(work: Promise<unknown>): Promise<ErrorData | undefined>
}

export function createRecordActions({ main, ui, shown }: Parts): RecordActions {
  let asked = 0
  let cameFrom: ScreenName = 'history'
  const show = async (load: () => Promise<RecordUi>) => {
    const { screen } = ui.getState()
    if (screen !== 'record') cameFrom = screen
    ui.setState({ screen: 'record', record: { status: 'loading' } })
    const mine = ++asked
    const record = await load().catch(
      (thrown: unknown): RecordUi => ({ status: 'failed', error: toAppError(thrown).toData() }),
    )
    if (mine === asked) ui.setState({ record })
  }
  return {
    open: (id) =>
      show(async () => {
        return toReady(await main['record.read']({ id }), false)
      }),
    openFile: (file) => show(() => readFile(file)),
    body: (id, index) =>
      main['record.body']({ id, index }).then(
        ({ text }) => text,
        () => '',
      ),
    async save() {
      const { record } = ui.getState()
      if (record.status !== 'ready') return
      const { id } = record.board.record.about
      await shown(
        main['record.export']({ id }).then(({ savedTo }) => {
          if (savedTo === null) return
          ui.setState({ record: { ...record, told: say('Saved as {file}', { file: savedTo }) } })
        }),
      )
    },
    close() {
      asked += 1
      ui.setState({ screen: cameFrom, record: { status: 'closed' } })
    },
  }
}
