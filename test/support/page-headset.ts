// A headset without a cable in a page: `navigator.hid` as the browser has it, with one device that the person chooses.
import type { Page } from '@playwright/test'
import type { HidCollection } from '../../renderer/phone/headset/hid-port.ts'

declare global {
  var fakeHeadset: { lights: number[][]; say(reportId: number, ...bytes: number[]): void }
}

/** From the next load of the page on. */
export async function wearHeadset(page: Page, collections: HidCollection[], productName: string) {
  await page.addInitScript(
    ([shape, name]) => {
      const device = Object.assign(new EventTarget(), {
        opened: false,
        vendorId: 1,
        productId: 2,
        productName: name,
        collections: shape,
        open: async () => void Object.assign(device, { opened: true }),
        close: async () => void Object.assign(device, { opened: false }),
        sendReport: async (_: number, data: Uint8Array) => void lights.push([...data]),
      })
      const lights: number[][] = []
      const given: unknown[] = []
      const hid = Object.assign(new EventTarget(), {
        getDevices: async () => given,
        async requestDevice() {
          given.push(device)
          return [device]
        },
      })
      Object.defineProperty(navigator, 'hid', { value: hid, configurable: true })
      globalThis.fakeHeadset = {
        lights,
        say(reportId, ...bytes) {
          const data = new DataView(Uint8Array.from(bytes).buffer)
          device.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data }))
        },
      }
    },
    [collections, productName] as const,
  )
}

export const sayOn = (page: Page, reportId: number, ...bytes: number[]) =>
  page.evaluate(([id, rest]) => globalThis.fakeHeadset.say(id, ...rest), [reportId, bytes] as const)

/** The last report of its lights. */
export const lightOf = (page: Page) => page.evaluate(() => globalThis.fakeHeadset.lights.at(-1))
