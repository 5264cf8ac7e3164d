// A headset without a cable: reports go in and out as bytes, and the browser's side of WebHID is kept by hand.
import type {
  HidCollection,
  HidDevice,
  HidInputReport,
  HidPort,
} from '../../renderer/phone/headset/hid-port.ts'

export interface FakeHeadset extends HidDevice {
  /** Reports that were sent to it: its lights. */
  readonly lights: { reportId: number; bytes: number[] }[]
  /** Somebody pressed, or it repeats what it was told. */
  say(reportId: number, ...bytes: number[]): void
  failure: Error | undefined
  forgotten: boolean
}

export function createFakeHeadset(
  collections: readonly HidCollection[],
  productName = 'Headset',
  productId = 2,
): FakeHeadset {
  const listeners = new Set<(event: HidInputReport) => void>()
  const device = {
    opened: false,
    vendorId: 1,
    productId,
    productName,
    collections,
    lights: [] as FakeHeadset['lights'],
    failure: undefined as Error | undefined,
    forgotten: false,
    async forget() {
      device.forgotten = true
    },
    async open() {
      if (device.failure) throw device.failure
      device.opened = true
    },
    async close() {
      device.opened = false
    },
    async sendReport(reportId: number, data: BufferSource) {
      const view = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer) : new Uint8Array(data)
      device.lights.push({ reportId, bytes: [...view] })
    },
    say(reportId: number, ...bytes: number[]) {
      const data = new DataView(Uint8Array.from(bytes).buffer)
      for (const listener of listeners) listener({ reportId, data })
    },
    addEventListener: (_: 'inputreport', listener: (event: HidInputReport) => void) =>
      void listeners.add(listener),
    removeEventListener: (_: 'inputreport', listener: (event: HidInputReport) => void) =>
      void listeners.delete(listener),
  }
  return device
}

export interface FakeHid extends HidPort {
  plugIn(device: HidDevice): void
  unplug(device: HidDevice): void
  /** What the person chooses when asked. */
  chosen: HidDevice[]
  readonly asked: unknown[]
}

export function createFakeHid(): FakeHid {
  const listeners = new Set<[string, (event: { device: HidDevice }) => void]>()
  const there = new Set<HidDevice>()
  const tell = (what: string, device: HidDevice) => {
    for (const [type, listener] of listeners) if (type === what) listener({ device })
  }
  const hid: FakeHid = {
    chosen: [],
    asked: [],
    getDevices: async () => [...there],
    async requestDevice(options) {
      hid.asked.push(options)
      for (const device of hid.chosen) there.add(device)
      return hid.chosen
    },
    addEventListener: (type, listener) => void listeners.add([type, listener]),
    removeEventListener(type, listener) {
      for (const entry of listeners) if (entry[0] === type && entry[1] === listener) listeners.delete(entry)
    },
    plugIn(device) {
      there.add(device)
      tell('connect', device)
    },
    unplug(device) {
      there.delete(device)
      tell('disconnect', device)
    },
  }
  return hid
}
