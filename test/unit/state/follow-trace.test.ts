// The window has rows of the trace only while its screen is open and main is there.
import { expect, test, vi } from 'vitest'
import { traceRows } from '../../../renderer/gallery/rows.ts'
import { createCopyStore } from '../../../renderer/state/copy-store.ts'
import { followTrace } from '../../../renderer/state/follow-trace.ts'
import { createUiStore } from '../../../renderer/state/ui-store.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()

function setUp() {
  const asked: boolean[] = []
  const copy = createCopyStore({ link: { status: 'live' } })
  const ui = createUiStore({ screen: 'call' })
  const watch = async ({ on }: { on: boolean }) => {
    asked.push(on)
    return on ? traceRows(3) : []
  }
  followTrace(newScope('window'), { main: { 'trace.watch': watch }, copy, ui })
  const ids = () => copy.getState().trace?.map(({ id }) => id)
  return { asked, copy, ui, ids }
}

test('rows come with the Trace screen and go with it', async () => {
  const { asked, ui, ids } = setUp()
  expect(asked).toEqual([])
  ui.setState({ screen: 'trace' })
  await vi.waitFor(() => expect(ids()).toEqual([1, 2, 3]))
  ui.setState({ screen: 'call' })
  expect(ids()).toBeUndefined()
  expect(asked).toEqual([true, false])
})

test('an answer that comes when the screen is left already is not kept', async () => {
  const { ui, ids } = setUp()
  ui.setState({ screen: 'trace' })
  ui.setState({ screen: 'call' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(ids()).toBeUndefined()
})

test('rows stay while main is lost, and are asked for again when it is back', async () => {
  const { asked, copy, ui, ids } = setUp()
  ui.setState({ screen: 'trace' })
  await vi.waitFor(() => expect(ids()).toHaveLength(3))
  copy.setState({ link: { status: 'loading' } })
  expect(ids()).toHaveLength(3)
  copy.setState({ link: { status: 'live' } })
  await vi.waitFor(() => expect(asked).toEqual([true, false, true]))
  expect(ids()).toEqual([1, 2, 3])
})
