// What closing the window means: with a way back the phone stays, which is said once; without one the companion quits.
import { BrowserWindow, dialog, Notification } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import type { Desk } from '../../host.ts'
import type { CompanionTray } from './tray.ts'

export interface ClosingOptions {
  desk: Desk
  tray: CompanionTray
  hide(): void
  quit(): void
  log: Log
}

const title = 'VoIPBIN Companion is still here'
const body = 'Calls go on ringing. Its icon in the tray shows the window again or quits.'

export async function closeWindow({ desk, tray, hide, quit, log }: ClosingOptions): Promise<void> {
  // The dock of macOS leads back, too; elsewhere somebody must show the icon now, not when the companion started.
  if (desk.face().whenClosed === 'quit' || !(await tray.isThere())) return quit()
  hide()
  log.info('window closed, the phone stays')
  if (desk.face().closingTold) return
  desk.change({ closingTold: true })
  if (Notification.isSupported()) new Notification({ title, body, silent: true }).show()
  else if (BrowserWindow.getAllWindows().length > 0)
    void dialog.showMessageBox({ message: title, detail: body })
}
