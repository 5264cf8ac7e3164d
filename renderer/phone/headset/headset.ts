// The buttons and lights of one headset, in step with the calls. Opened when it is there, closed with its lights off.
import type { Scope } from '../../../common/kit/scope.ts'
import type { Headset as HeadsetState, PhoneState } from '../../../common/model/phone.ts'
import { createButtonRules, type HeadsetAct, type HeadsetCalls } from './button-rules.ts'
import type { HidDevice, HidInputReport, HidPort } from './hid-port.ts'
import { findTelephony, type LightName, telephonyPage, toLightReport } from './telephony-fields.ts'

export interface HeadsetParts {
  hid: HidPort | undefined
  phone: {
    getState(): Pick<PhoneState, 'sessions' | 'front'>
    subscribe(listener: () => void): () => void
  }
  set(state: HeadsetState): void
  act(what: HeadsetAct): void
  note(title: string, tone?: 'good' | 'bad' | 'plain'): void
  /** The one that was chosen; null: none, or it was forgotten; undefined: not known. */
  remembered?: () => Pick<HidDevice, 'vendorId' | 'productId'> | null | undefined
  now?: () => number
}

export interface HeadsetDesk {
  /** Takes a headset that was allowed before, if it is there. */
  resume(): Promise<void>
  /** Asks the person for one. Resolves with what was chosen; nothing when they changed their mind. */
  connect(): Promise<{ vendorId: number; productId: number; name: string } | undefined>
  forget(): Promise<void>
}

export function openHeadsetDesk(scope: Scope, parts: HeadsetParts): HeadsetDesk {
  const { hid, set, note, remembered = () => undefined } = parts
  let open: { device: HidDevice; scope: Scope } | undefined

  const isTelephone = (device: HidDevice) => findTelephony(device.collections).buttons.length > 0
  const nameOf = (device: HidDevice) => device.productName || 'Headset'

  const take = async (device: HidDevice) => {
    if (open?.device === device) return
    await open?.scope.end()
    const mine = { device, scope: scope.child('headset') }
    open = mine
    set({ status: 'connecting' })
    try {
      if (!device.opened) await device.open()
      if (mine.scope.ended) return
      set(toConnected(device))
      note(`headset: ${nameOf(device)}`, 'good')
      follow(mine.scope, device, parts)
    } catch (error) {
      if (open !== mine) return
      open = undefined
      const why = error instanceof Error ? error.message : String(error)
      note(`headset: ${why}`, 'bad')
      set({ status: 'failed', name: nameOf(device), why })
    }
  }
  const telephones = async () => ((await hid?.getDevices().catch(() => [])) ?? []).filter(isTelephone)
  /** A device that was unplugged when it was forgotten stays allowed in the browser: what is remembered decides. */
  const isWanted = (device: HidDevice) => {
    const wanted = remembered()
    if (wanted === undefined) return true
    return device.vendorId === wanted?.vendorId && device.productId === wanted.productId
  }
  const resume = async () => {
    if (!hid) return set({ status: 'unavailable' })
    const found = (await telephones()).find(isWanted)
    // The one in use stays, whatever else is plugged in.
    if (found && !open && !scope.ended) await take(found)
  }
  const onConnect = () => void resume()
  const onDisconnect = ({ device }: { device: HidDevice }) => {
    if (device !== open?.device) return
    const { scope: old } = open
    open = undefined
    void old.end()
    set({ status: 'away', name: nameOf(device) })
  }
  hid?.addEventListener('connect', onConnect)
  hid?.addEventListener('disconnect', onDisconnect)
  scope.add(() => {
    hid?.removeEventListener('connect', onConnect)
    hid?.removeEventListener('disconnect', onDisconnect)
  })
  return {
    resume,
    async connect() {
      const chosen = await hid?.requestDevice({ filters: [{ usagePage: telephonyPage }] })
      // One headset may show as several devices: the one with the buttons is wanted.
      const device = chosen?.find(isTelephone) ?? chosen?.[0]
      if (!device) return undefined
      await take(device)
      return { vendorId: device.vendorId, productId: device.productId, name: nameOf(device) }
    },
    async forget() {
      const old = open
      open = undefined
      await old?.scope.end()
      // None is open while it is away or has failed, and the browser still allows it.
      const allowed = new Set([...(old ? [old.device] : []), ...(await telephones())])
      await Promise.all([...allowed].map((device) => device.forget?.().catch(() => {})))
      set({ status: hid ? 'none' : 'unavailable' })
    },
  }
}

function toConnected(device: HidDevice): HeadsetState {
  const { buttons, lights } = findTelephony(device.collections)
  const has = (name: string, list: readonly { name: string }[]) => list.some((one) => one.name === name)
  return {
    status: 'connected',
    name: device.productName || 'Headset',
    has: {
      hook: has('hook', buttons),
      mute: has('mute', buttons),
      ringLight: has('ring', lights) || has('ringer', lights),
      muteLight: has('mute', lights),
    },
  }
}

function follow(scope: Scope, device: HidDevice, { phone, act, note, now = Date.now }: HeadsetParts): void {
  const fields = findTelephony(device.collections)
  const rules = createButtonRules(fields)
  const shown = new Map<number, string>()
  let writing: Promise<void> = Promise.resolve()
  let lit: ReadonlySet<LightName> = new Set()

  /** One after the other: reports that overtake each other would leave the wrong light on. */
  const write = (on: ReadonlySet<LightName>, told = true) => {
    for (const reportId of new Set(fields.lights.map((light) => light.reportId))) {
      const bytes = toLightReport(fields, reportId, on)
      if (shown.get(reportId) === bytes.join()) continue
      // Only what is new to the headset is echoed: a press right after another light is a press.
      for (const name of ['offHook', 'mute'] as const) {
        if (on.has(name) !== lit.has(name)) rules.wrote(name, now())
      }
      shown.set(reportId, bytes.join())
      writing = writing
        .then(() => device.sendReport(reportId, bytes))
        .catch((error: unknown) => told && note(`headset light: ${String(error)}`, 'bad'))
        .then(() => {})
    }
    lit = on
    return writing
  }
  const show = () => void write(toLights(toCalls(phone.getState())))
  const onReport = ({ reportId, data }: HidInputReport) => {
    const acts = rules.take({ reportId, data, at: now() }, toCalls(phone.getState()))
    // It has switched its own lights by now. With the next change of a call all of them are told what is so.
    if (acts.length > 0) shown.clear()
    if (acts.includes('hangUp')) lit = new Set([...lit].filter((name) => name !== 'offHook'))
    for (const what of acts) {
      note(`headset: ${what}`)
      act(what)
    }
  }
  device.addEventListener('inputreport', onReport)
  scope.add(phone.subscribe(show))
  scope.add(async () => {
    device.removeEventListener('inputreport', onReport)
    await write(new Set(), false)
    await device.close().catch(() => {})
  })
  show()
}

/** What the headset needs to know of the calls. */
export function toCalls({ sessions, front }: Pick<PhoneState, 'sessions' | 'front'>): HeadsetCalls {
  const isRinging = (one: PhoneState['sessions'][number]) =>
    one.direction === 'incoming' && one.status === 'ringing'
  const live = sessions.filter((one) => one.status !== 'ended' && !isRinging(one))
  const ours = live.find(({ id }) => id === front) ?? live.at(-1)
  return {
    ringing: sessions.some(isRinging),
    inCall: live.length > 0,
    muted: ours?.sending === 'muted',
    waiting: live.some(({ id, status }) => id !== ours?.id && status === 'established'),
  }
}

function toLights({ ringing, inCall, muted, waiting }: HeadsetCalls): ReadonlySet<LightName> {
  const on: LightName[] = []
  if (ringing) on.push('ring')
  // Beside a call the ear is not shouted at.
  if (ringing && !inCall) on.push('ringer')
  if (inCall) on.push('offHook')
  if (inCall && muted) on.push('mute')
  if (waiting) on.push('hold')
  return new Set(on)
}
