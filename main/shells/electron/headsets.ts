// WebHID in Electron: the page asks for a telephone, the person chooses, and the choice is remembered. Nothing else is given.
import { BrowserWindow, dialog, type HIDDevice, type Session } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import { say } from '../../../common/words/say.ts'
import { areTelephones, createHeadsetGrants, type FoundDevice } from './headset-grants.ts'

export interface HeadsetOptions {
  log: Log
  /** What the settings remember. */
  headset(): { vendorId: number; productId: number } | null
}

export function allowHeadsets(session: Session, { log, headset }: HeadsetOptions): void {
  const grants = createHeadsetGrants(headset)
  session.setDevicePermissionHandler(({ deviceType, origin, device }) =>
    grants.isGranted({ deviceType, origin, device: device as Partial<FoundDevice> }),
  )
  session.on('select-hid-device', (event, { deviceList }, callback) => {
    event.preventDefault()
    ask(areTelephones(deviceList)).then(
      (device) => {
        if (device) grants.choose(device)
        callback(device?.deviceId ?? null)
      },
      (error: unknown) => {
        log.warn('no headset could be chosen', { error: String(error) })
        callback(null)
      },
    )
  })
}

/** One that is there alone was meant. */
async function ask(devices: readonly HIDDevice[]): Promise<HIDDevice | undefined> {
  const [only] = devices
  if (devices.length === 1) return only
  const cancel = devices.length
  const names = devices.map(({ name }, at) => name || say('Headset {n}', { n: at + 1 }))
  const question = {
    message: devices.length > 0 ? say('Which headset?') : say('No headset with buttons was found'),
    detail: devices.length > 0 ? '' : say('Plug it in and try again.'),
    buttons: [...names, devices.length > 0 ? say('None') : say('Close')],
    cancelId: cancel,
  }
  const [window] = BrowserWindow.getAllWindows()
  const { response } = await (window
    ? dialog.showMessageBox(window, question)
    : dialog.showMessageBox(question))
  return devices[response]
}
