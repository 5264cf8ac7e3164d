/// <reference types="w3c-web-hid" />
// What of WebHID a headset needs. The browser's own fits; a test gives a headset without a cable.

export type HidItem = HIDReportItem
export type HidReport = Pick<HIDReportInfo, 'reportId' | 'items'>
export interface HidCollection {
  usagePage?: number | undefined
  usage?: number | undefined
  inputReports?: HidReport[] | undefined
  outputReports?: HidReport[] | undefined
  children?: HidCollection[] | undefined
}

export interface HidInputReport {
  reportId: number
  data: DataView
}

export interface HidDevice {
  readonly opened: boolean
  readonly vendorId: number
  readonly productId: number
  readonly productName: string
  readonly collections: readonly HidCollection[]
  open(): Promise<void>
  close(): Promise<void>
  forget?(): Promise<void>
  sendReport(reportId: number, data: BufferSource): Promise<void>
  addEventListener(type: 'inputreport', listener: (event: HidInputReport) => void): void
  removeEventListener(type: 'inputreport', listener: (event: HidInputReport) => void): void
}

export interface HidPort {
  /** Those that were allowed before and are plugged in. */
  getDevices(): Promise<HidDevice[]>
  /** Asks the person, who must have pressed something; empty when they changed their mind. */
  requestDevice(options: { filters: { usagePage: number }[] }): Promise<HidDevice[]>
  addEventListener(type: 'connect' | 'disconnect', listener: (event: { device: HidDevice }) => void): void
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: { device: HidDevice }) => void): void
}

/** Missing in Firefox, Safari, and pages that are not secure. */
export const findHid = (): HidPort | undefined =>
  (globalThis.navigator as (Navigator & { hid?: HID }) | undefined)?.hid as HidPort | undefined
