// Where in the reports of a headset its buttons and lights are, by its own description (USB HID 1.11 section 6.2.2, HID
// Usage Tables: telephony page 0x0B, LED page 0x08). Pure.
import type { HidCollection, HidItem, HidReport } from './hid-port.ts'

export const telephonyPage = 0x0b
const usage = (page: number, id: number) => page * 0x1_0000 + id

const buttons = {
  [usage(0x0b, 0x20)]: 'hook',
  [usage(0x0b, 0x2f)]: 'mute',
  [usage(0x0b, 0x21)]: 'flash',
  [usage(0x0b, 0x26)]: 'drop',
} as const
const lights = {
  [usage(0x08, 0x17)]: 'offHook',
  [usage(0x08, 0x09)]: 'mute',
  [usage(0x08, 0x18)]: 'ring',
  [usage(0x08, 0x20)]: 'hold',
  // The tone generator of a base station.
  [usage(0x0b, 0x9e)]: 'ringer',
} as const

export type ButtonName = (typeof buttons)[keyof typeof buttons]
export type LightName = (typeof lights)[keyof typeof lights]

/**
 * `state`: the bit says how it is. `press`: each 1 is a press. `either`: the description leaves it open (absolute, with a
 * preferred state), as cheap ones do for everything.
 */
export interface Button {
  name: ButtonName
  kind: 'state' | 'press' | 'either'
  reportId: number
  bit: number
  size: number
  /** Of an array (section 6.2.2.5): pressed while one of so many slots holds this value. */
  slots?: { count: number; value: number }
}

export interface Light {
  name: LightName
  reportId: number
  bit: number
}

export interface TelephonyFields {
  buttons: Button[]
  lights: Light[]
  /** Bytes of each output report. */
  outputBytes: ReadonlyMap<number, number>
}

export function findTelephony(collections: readonly HidCollection[]): TelephonyFields {
  const input = gather(collections, 'inputReports')
  const output = gather(collections, 'outputReports')
  const found: TelephonyFields = {
    buttons: input.flatMap(toButtons),
    lights: output.flatMap(toLights),
    outputBytes: new Map(
      output.map(({ reportId, items }) => [reportId ?? 0, Math.ceil(bitsOf(items ?? []) / 8)]),
    ),
  }
  // A headset may describe a button twice, in nested collections: the first one counts.
  return {
    ...found,
    buttons: found.buttons.filter(({ name }, at, all) => all.findIndex((one) => one.name === name) === at),
    lights: found.lights.filter(({ name }, at, all) => all.findIndex((one) => one.name === name) === at),
  }
}

/** Every report once. Where a nested collection tells a part of one, the fullest telling has the right places. */
function gather(collections: readonly HidCollection[], kind: 'inputReports' | 'outputReports'): HidReport[] {
  const found = new Map<number, HidReport>()
  const visit = (collection: HidCollection) => {
    for (const report of collection[kind] ?? []) {
      const id = report.reportId ?? 0
      const before = found.get(id)
      if (!before || bitsOf(report.items ?? []) > bitsOf(before.items ?? [])) found.set(id, report)
    }
    for (const child of collection.children ?? []) visit(child)
  }
  for (const collection of collections) visit(collection)
  return [...found.values()]
}

const bitsOf = (items: readonly HidItem[]) =>
  items.reduce((sum, item) => sum + (item.reportSize ?? 0) * (item.reportCount ?? 0), 0)

interface Place {
  usage: number
  bit: number
  item: HidItem
  /** Of an array: which value means this usage. */
  value?: number
}

function places({ items = [] }: HidReport): Place[] {
  let bit = 0
  return items.flatMap((item) => {
    const from = bit
    const { reportSize = 0, reportCount = 0 } = item
    bit += reportSize * reportCount
    if (item.isConstant) return []
    if (item.isArray) {
      const first = item.logicalMinimum ?? 0
      return toUsages(item).map((one, i) => ({ usage: one, bit: from, item, value: first + i }))
    }
    const usages = toUsages(item)
    return Array.from({ length: reportCount }, (_, i) => ({
      // The last usage stands for all fields that are left (section 6.2.2.8).
      usage: usages[Math.min(i, usages.length - 1)] ?? 0,
      bit: from + i * reportSize,
      item,
    }))
  })
}

/** More would be a keyboard. */
const longestRange = 256

function toUsages(item: HidItem): number[] {
  if (!item.isRange) return item.usages ?? []
  const { usageMinimum: first = 0, usageMaximum: last = 0 } = item
  return Array.from({ length: Math.min(longestRange, Math.max(0, last - first + 1)) }, (_, i) => first + i)
}

function toButtons(report: HidReport): Button[] {
  return places(report).flatMap(({ usage: one, bit, item, value }) => {
    const name = buttons[one]
    if (!name) return []
    const { reportSize: size = 1, reportCount: count = 1 } = item
    const place = { name, reportId: report.reportId ?? 0, bit, size }
    if (value !== undefined) return [{ ...place, kind: 'press' as const, slots: { count, value } }]
    const kind = item.isAbsolute === false ? 'press' : item.hasPreferredState === false ? 'state' : 'either'
    return [{ ...place, kind }]
  })
}

const toLights = (report: HidReport): Light[] =>
  places(report).flatMap(({ usage: one, bit, value }) => {
    const name = lights[one]
    return name && value === undefined ? [{ name, reportId: report.reportId ?? 0, bit }] : []
  })

/** Whether the button is down in this report. */
export function isDown(button: Button, data: DataView): boolean {
  const { slots, bit, size } = button
  if (!slots) return readBits(data, bit, size) !== 0
  return Array.from({ length: slots.count }, (_, i) => readBits(data, bit + i * size, size)).includes(
    slots.value,
  )
}

/** Little-endian, the lowest bit first (section 5.6 and 6.2.3). Bits beyond a short report are 0. */
function readBits(data: DataView, from: number, size: number): number {
  let value = 0
  for (let i = 0; i < Math.min(size, 32); i++) {
    const at = from + i
    const byte = at >> 3 < data.byteLength ? data.getUint8(at >> 3) : 0
    if ((byte >> (at & 7)) & 1) value += 2 ** i
  }
  return value
}

/** One output report with these lights on, and everything else of it off. */
export function toLightReport(
  { lights, outputBytes }: TelephonyFields,
  reportId: number,
  on: ReadonlySet<LightName>,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(outputBytes.get(reportId) ?? 0)
  for (const light of lights) {
    if (light.reportId !== reportId || !on.has(light.name)) continue
    const at = light.bit >> 3
    bytes[at] = (bytes[at] ?? 0) | (1 << (light.bit & 7))
  }
  return bytes
}
