// The tray: how the phone is, missed calls, and the way back to a closed window.
import { Menu, nativeImage, Tray } from 'electron'
import type { Scope } from '../../../common/kit/scope.ts'
import type { DeskFace } from '../../../common/model/ringing.ts'
import { say } from '../../../common/words/say.ts'
import type { Desk } from '../../host.ts'
import { isTrayShown } from '../tray-host.ts'
import { drawTrayIcon, toTrayText } from './tray-icon.ts'

export interface TrayOptions {
  desk: Desk
  icon: string
  show(): void
  quit(): void
}

export interface CompanionTray {
  /** Asks the desktop now: a panel may come, and crash, at any time. Makes the icon where it is missing. */
  isThere(): Promise<boolean>
}

const size = 32

export function openTray(scope: Scope, options: TrayOptions): CompanionTray {
  const { desk } = options
  let tray: Tray | undefined
  const bitmap = nativeImage.createFromPath(options.icon).resize({ width: size, height: size }).toBitmap()

  const show = (face: DeskFace) => {
    if (!tray) return
    tray.setImage(toImage(bitmap, face))
    tray.setToolTip(toTrayText(face))
    // Linux shows a menu that was handed over before; so each change hands over a new one.
    tray.setContextMenu(toMenu(face, options))
  }
  const make = () => {
    tray = new Tray(toImage(bitmap, desk.face()))
    tray.on('click', options.show)
    show(desk.face())
  }
  scope.add(desk.watch(show))
  scope.add(() => tray?.destroy())
  const isThere = async () => {
    const is = await isTrayShown()
    if (!is) {
      tray?.destroy()
      tray = undefined
    } else if (!tray && !scope.ended) make()
    desk.hasTray(is)
    return is
  }
  void isThere()
  return { isThere }
}

function toImage(bitmap: Buffer, face: DeskFace) {
  const image = nativeImage.createFromBitmap(drawTrayIcon(bitmap, size, face), { width: size, height: size })
  return process.platform === 'darwin' ? image.resize({ width: 18, height: 18 }) : image
}

function toMenu(face: DeskFace, { desk, show, quit }: TrayOptions): Menu {
  return Menu.buildFromTemplate([
    { label: toTrayText(face), enabled: false },
    { type: 'separator' },
    { label: say('Show the window'), click: show },
    {
      label: say('Do not disturb'),
      type: 'checkbox',
      checked: face.doNotDisturb,
      click: () => desk.change({ doNotDisturb: !desk.face().doNotDisturb }),
    },
    { type: 'separator' },
    { label: say('Quit'), click: quit },
  ])
}
