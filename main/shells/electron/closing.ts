// What closing the window means: with a way back the phone stays, which is said once; without one the companion quits,
// during a call only when the person says so.
import { BrowserWindow, dialog, Notification } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import { phrase, say } from '../../../common/words/say.ts'
import type { Desk } from '../../host.ts'
import { chooseClosing } from './closing-choice.ts'
import type { CompanionTray } from './tray.ts'

export interface ClosingOptions {
  desk: Desk
  tray: CompanionTray
  hide(): void
  quit(): void
  log: Log
}

const title = phrase('VoIPBIN Companion is still here')
const body = phrase('Calls go on ringing. Its icon in the tray shows the window again or quits.')

export async function closeWindow({ desk, tray, hide, quit, log }: ClosingOptions): Promise<void> {
  // The dock of macOS leads back, too; elsewhere somebody must show the icon now, not when the companion started.
  const hasTray = await tray.isThere()
  const choice = chooseClosing(desk.face(), hasTray)
  if (choice === 'quit' || (choice === 'ask' && (await maySayGoodbye()))) return quit()
  if (choice === 'ask') return
  hide()
  log.info('window closed, the phone stays')
  if (desk.face().closingTold) return
  desk.change({ closingTold: true })
  if (Notification.isSupported())
    new Notification({ title: say(title), body: say(body), silent: true }).show()
  else if (BrowserWindow.getAllWindows().length > 0)
    void dialog.showMessageBox({ message: say(title), detail: say(body) })
}

async function maySayGoodbye(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    message: say('A call is still up'),
    detail: say('Quitting hangs up.'),
    buttons: [say('Keep the call'), say('Hang up and quit')],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
