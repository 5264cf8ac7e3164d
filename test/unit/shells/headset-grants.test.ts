// Which device Electron gives the page, and what the notification of a call offers on each system.
import { describe, expect, it } from 'vitest'
import {
  areTelephones,
  createHeadsetGrants,
  type DeviceQuestion,
} from '../../../main/shells/electron/headset-grants.ts'
import { toNotice } from '../../../main/shells/electron/notice-shape.ts'
import { electronOrigin } from '../../../main/shells/page-origin.ts'

const headset = { vendorId: 1, productId: 2, collections: [{ usagePage: 0x0c }, { usagePage: 0x0b }] }
const keyboard = { vendorId: 1, productId: 2, collections: [{ usagePage: 0x01 }] }
const asks = (more: Partial<DeviceQuestion> = {}): DeviceQuestion => ({
  deviceType: 'hid',
  origin: electronOrigin,
  device: headset,
  ...more,
})

describe('a device', () => {
  it('that nobody chose is not given', () => {
    expect(createHeadsetGrants(() => null).isGranted(asks())).toBe(false)
  })

  it('is given when it was chosen just now, or before', () => {
    const grants = createHeadsetGrants(() => null)
    grants.choose(headset)
    expect(grants.isGranted(asks())).toBe(true)
    expect(createHeadsetGrants(() => ({ vendorId: 1, productId: 2 })).isGranted(asks())).toBe(true)
    expect(createHeadsetGrants(() => ({ vendorId: 1, productId: 3 })).isGranted(asks())).toBe(false)
  })

  it('that was forgotten is not given any more', () => {
    const setting: { headset: { vendorId: number; productId: number } | null } = { headset: null }
    const grants = createHeadsetGrants(() => setting.headset)
    grants.choose(headset)
    expect(grants.isGranted(asks())).toBe(true)
    setting.headset = { vendorId: 1, productId: 2 }
    expect(grants.isGranted(asks())).toBe(true)
    setting.headset = null
    expect(grants.isGranted(asks())).toBe(false)
  })

  it('is never given to another page, of another kind, or for other keys than those of a telephone', () => {
    const grants = createHeadsetGrants(() => headset)
    expect(grants.isGranted(asks({ origin: 'https://example.com' }))).toBe(false)
    expect(grants.isGranted(asks({ deviceType: 'serial' }))).toBe(false)
    expect(grants.isGranted(asks({ deviceType: 'usb' }))).toBe(false)
    expect(grants.isGranted(asks({ device: keyboard }))).toBe(false)
    expect(grants.isGranted(asks({ device: {} }))).toBe(false)
  })

  it('is offered to choose from only when it is a telephone, or does not tell', () => {
    const silent = { vendorId: 5, productId: 6 }
    expect(areTelephones([keyboard, headset, silent])).toEqual([headset, silent])
  })
})

describe('the notification of a ringing call', () => {
  const call = { sessionId: 's1', name: 'Mina', address: '2001@pbx.test', since: 0 }

  it('has Answer and Decline where the system shows buttons', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const { actions, acts } = toNotice(call, platform)
      expect(actions?.map(({ text }) => text)).toEqual(['Answer', 'Decline'])
      expect(acts).toEqual(['answer', 'decline'])
    }
  })

  it('has none on Linux, says who calls, and makes no sound of its own', () => {
    expect(toNotice(call, 'linux')).toEqual({
      title: 'Mina is calling',
      body: '2001@pbx.test',
      silent: true,
      timeoutType: 'never',
      urgency: 'critical',
      acts: [],
    })
  })
})
