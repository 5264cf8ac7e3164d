// Connects the window with main: bridge, feed, phone reports, actions. Tells when main is lost and comes back by itself.
import { openRendererBridge } from '../../common/bridge/bridge.ts'
import type { MainCaller } from '../../common/bridge/table.ts'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Port } from '../../common/kit/port.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Phone, PhoneReports } from '../phone/phone.ts'
import { createCaptions } from './captions.ts'
import { createClock } from './clock.ts'
import type { Companion } from './companion.tsx'
import { type Copy, type CopyStore, createCopyStore, toSnapshot } from './copy-store.ts'
import { createActions } from './create-actions.ts'
import { createFeed } from './feed.ts'
import { followTrace } from './follow-trace.ts'
import { openHeartbeat } from './heartbeat.ts'
import { noteActions } from './note-actions.ts'
import { createPhoneReports, reportPhone } from './report-phone.ts'
import { createRecordReports } from './report-record.ts'
import { createUiStore, forgottenUi } from './ui-store.ts'

/** Main answers a snapshot in milliseconds; this long without one means that it is not there. */
const snapshotMs = 5_000
const retryMs = 2_000

export function openCompanion(
  scope: Scope,
  port: Port,
  createPhone: (reports: PhoneReports) => Phone,
): Companion {
  const reports = createPhoneReports()
  const captions = createCaptions()
  const flight = createRecordReports()
  const bare = createPhone({
    ...reports,
    flight,
    sound(edge) {
      captions.takeSound(edge)
      reports.sound(edge)
    },
  })
  const phone = noteActions(bare, flight)
  const copy = createCopyStore()
  const ui = createUiStore()
  let main: MainCaller | undefined
  let fetching = false
  const load = async () => {
    if (fetching || !main || scope.ended) return
    fetching = true
    await loadSnapshot(scope, main, copy)
    fetching = false
    if (!scope.ended && copy.getState().link.status !== 'live') scope.after(retryMs, () => void load())
  }
  const feed = createFeed(copy, () => {
    if (copy.getState().link.status === 'lost') void load()
  })
  const caller = openRendererBridge(scope, port, phone.handlers, feed)
  main = caller
  reports.open(scope, caller)
  flight.open(scope, caller)
  scope.add(captions.onShown((lines) => lines.forEach(flight.shown)))
  reportPhone(scope, phone.store, caller)
  void load()
  scope.add(
    copy.subscribe(({ link }, before) => {
      if (link.status === 'lost' && before.link.status === 'live') scope.after(retryMs, () => void load())
    }),
  )
  openHeartbeat(scope, {
    ping: () => caller['app.ping']({}),
    isLive: () => copy.getState().link.status === 'live',
    lost: (error) => copy.setState({ link: { status: 'lost', error } }),
  })
  preparePhone(scope, copy, phone)
  followTrace(scope, { main: caller, copy, ui })
  scope.add(
    copy.subscribe(({ app }, before) => {
      const hasLeft = app.account.status === 'signedOut' && before.app.account.status !== 'signedOut'
      // What one person typed and was shown here is not for the next one.
      if (hasLeft) ui.setState(forgottenUi)
    }),
  )
  return {
    copy,
    ui,
    phone,
    actions: createActions({ main: caller, phone, copy, ui }),
    clock: createClock(),
    captions,
  }
}

async function loadSnapshot(scope: Scope, main: MainCaller, copy: CopyStore): Promise<void> {
  let cancel = () => {}
  const late = new Promise<never>((_, reject) => {
    cancel = scope.after(snapshotMs, () => reject(new AppError('app.mainGone')))
  })
  try {
    copy.setState(toSnapshot(await Promise.race([main['app.snapshot']({}), late])))
  } catch (thrown) {
    copy.setState({ link: { status: 'lost', error: toAppError(thrown).toData() } })
  } finally {
    cancel()
  }
}

/** The chosen devices are a setting; the phone uses them, and is warm before the first call. */
function preparePhone(scope: Scope, copy: CopyStore, phone: Phone): void {
  let used: unknown
  const follow = async ({ link, app }: Copy) => {
    const { devices, headset } = app.settings
    if (link.status !== 'live') return
    phone.rememberHeadset(headset)
    if (devices === used) return
    const first = used === undefined
    used = devices
    // biome-ignore lint/correctness/useHookAtTopLevel: a verb of the phone, not a hook
    await phone.useDevices(devices)
    if (first) await phone.warmUp()
  }
  // What fails here is in the phone's own state, and shown from there.
  scope.add(copy.subscribe((now) => void follow(now).catch(() => {})))
}
