// The rows of the trace are held by main; the window has them only while its Trace screen is open.
import type { MainCaller } from '../../common/bridge/table.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { appendRows, type CopyStore } from './copy-store.ts'
import type { UiStore } from './ui-store.ts'

interface Parts {
  main: Pick<MainCaller, 'trace.watch'>
  copy: CopyStore
  ui: UiStore
}

export function followTrace(scope: Scope, { main, copy, ui }: Parts): void {
  let watching = false
  const isOpen = () => ui.getState().screen === 'trace'
  const look = () => {
    // A main that was lost has forgotten who watches.
    const wanted = isOpen() && copy.getState().link.status === 'live'
    if (wanted !== watching) {
      watching = wanted
      void watch(wanted)
    }
    if (!isOpen() && copy.getState().trace) copy.setState({ trace: undefined })
  }
  const watch = async (on: boolean) => {
    // What fails is told by the link.
    const rows = await main['trace.watch']({ on }).catch(() => undefined)
    if (!rows || !watching || !on || !isOpen()) return
    copy.setState(({ trace }) => ({ trace: appendRows(rows, trace ?? []) }))
  }
  scope.add(ui.subscribe(look))
  scope.add(copy.subscribe(look))
  look()
}
