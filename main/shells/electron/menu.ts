// The menu: what the systems expect. No reload: it would drop a call.
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { say } from '../../../common/words/say.ts'

export function setMenu(): void {
  const view: MenuItemConstructorOptions = {
    label: say('View'),
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ],
  }
  const first: MenuItemConstructorOptions =
    process.platform === 'darwin' ? { role: 'appMenu' } : { label: say('File'), submenu: [{ role: 'quit' }] }
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, { role: 'editMenu' }, view, { role: 'windowMenu' }]))
}
