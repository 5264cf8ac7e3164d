// Reports the phone to main: transitions at once, counters a few times a second, sound edges at once, trace in bundles.
import type { MainCaller } from '../../common/bridge/table.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState, SoundEdge } from '../../common/model/phone.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import type { Phone, PhoneReports } from '../phone/phone.ts'

type Reporting = Pick<MainCaller, 'phone.changed' | 'phone.sound' | 'trace.add'>

/** Counters of running media change many times a second; main needs them this often. */
const countersMs = 250
const traceMs = 50
const traceMost = 500

const ignore = () => {}

/** What to hand to the phone when it is made, before the way to main exists; `open` connects the two. */
export function createPhoneReports(): PhoneReports & { open(scope: Scope, main: Reporting): void } {
  let target: { scope: Scope; main: Reporting } | undefined
  let rows: NewTraceRow[] = []
  let timer: (() => void) | undefined

  const flush = () => {
    timer = undefined
    while (target && rows.length > 0) {
      const bundle = rows.slice(0, traceMost)
      rows = rows.slice(traceMost)
      target.main['trace.add']({ rows: bundle }).catch(ignore)
    }
  }
  return {
    sound: (edge: SoundEdge) => void target?.main['phone.sound'](edge).catch(ignore),
    trace(row) {
      rows.push(row)
      if (target && !timer) timer = target.scope.after(traceMs, flush)
    },
    open(scope, main) {
      target = { scope, main }
      flush()
    },
  }
}

/** Keeps main's picture of the phone. A call that rings must reach main now; a packet counter may wait. */
export function reportPhone(scope: Scope, store: Phone['store'], main: Reporting): void {
  let sent = ''
  let pending: (() => void) | undefined
  const send = () => {
    pending?.()
    pending = undefined
    const phone = store.getState()
    sent = transitions(phone)
    main['phone.changed']({ phone }).catch(ignore)
  }
  send()
  scope.add(
    store.subscribe((phone) => {
      if (transitions(phone) !== sent) return send()
      pending ??= scope.after(countersMs, () => {
        pending = undefined
        send()
      })
    }),
  )
}

/** Everything of the state that is not a counter, as one comparable text. */
function transitions(phone: PhoneState): string {
  return JSON.stringify([
    phone.registration,
    phone.microphone,
    phone.devices,
    phone.sessions.map(({ media, ...rest }) => [
      rest,
      media?.firstHeardAt,
      media?.firstSpokenAt,
      media?.microphone,
      media?.ice,
      (media?.packetsReceived ?? 0) > 0,
      (media?.packetsSent ?? 0) > 0,
    ]),
  ])
}
