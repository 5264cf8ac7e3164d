import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openMainBridge } from '../../../common/bridge/bridge.ts'
import { type MainHandlers, requests } from '../../../common/bridge/table.ts'
import { AppError } from '../../../common/kit/errors.ts'
import { createPortPair } from '../../../common/kit/port.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import { signedInApp } from '../../../renderer/gallery/people.ts'
import { createStandInPhone } from '../../../renderer/gallery/stand-in-phone.ts'
import { openCompanion } from '../../../renderer/state/open-companion.ts'

let scope: Scope
beforeEach(() => {
  vi.useFakeTimers()
  scope = createScope('test')
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})
afterEach(async () => {
  await scope.end()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A main that answers everything with null and the snapshot with somebody signed in. */
function openMain(own: Partial<MainHandlers> = {}) {
  const [mainPort, windowPort] = createPortPair()
  const nothing = Object.fromEntries(Object.keys(requests).map((name) => [name, async () => null]))
  const handlers = {
    ...nothing,
    'app.snapshot': async () => ({ state: signedInApp, transcripts: {} }),
    ...own,
  } as unknown as MainHandlers
  return { bridge: openMainBridge(scope, mainPort, handlers), windowPort }
}

test('the window loads its snapshot and follows the events after it', async () => {
  const { bridge, windowPort } = openMain()
  const { copy } = openCompanion(scope, windowPort, () => createStandInPhone())
  expect(copy.getState().link.status).toBe('loading')
  await vi.advanceTimersByTimeAsync(10)
  expect(copy.getState()).toMatchObject({
    link: { status: 'live' },
    app: { account: { status: 'signedIn' } },
  })
  bridge.emit('state.changed', { changes: { account: { status: 'signedOut' } } })
  await vi.advanceTimersByTimeAsync(20)
  expect(copy.getState().app.account.status).toBe('signedOut')
})

test('a main that does not answer is called lost, and the window comes back when it does', async () => {
  let silent = true
  const { windowPort } = openMain({
    'app.snapshot': async () => (silent ? new Promise(() => {}) : { state: signedInApp, transcripts: {} }),
  })
  const { copy } = openCompanion(scope, windowPort, () => createStandInPhone())
  await vi.advanceTimersByTimeAsync(5_100)
  expect(copy.getState().link).toMatchObject({ status: 'lost', error: { code: 'app.mainGone' } })
  silent = false
  await vi.advanceTimersByTimeAsync(2_100)
  expect(copy.getState().link.status).toBe('live')
})

test('a refused click becomes a notice that can be dismissed; a click that was stopped does not', async () => {
  const { windowPort } = openMain({
    'call.placeTest': async () => {
      throw new AppError('call.notPlaced', { detail: '404' })
    },
    'quickstart.run': async () => {
      throw new AppError('app.stopped')
    },
  })
  const { ui, actions } = openCompanion(scope, windowPort, () => createStandInPhone())
  await actions.ask('quickstart.run', {})
  expect(ui.getState().notices).toEqual([])
  const error = await actions.ask('call.placeTest', {})
  expect(error).toMatchObject({ code: 'call.notPlaced', detail: '404' })
  expect(ui.getState().notices).toMatchObject([{ error: { code: 'call.notPlaced' } }])
  actions.dismiss(ui.getState().notices[0]?.id ?? '')
  expect(ui.getState().notices).toEqual([])
})
