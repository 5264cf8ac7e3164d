// Keys that work while another program is in front: off until somebody wants them; one that is taken is told, not stolen.
import type { GlobalShortcut } from 'electron'
import type { Scope } from '../../../common/kit/scope.ts'
import { type GlobalAction, type GlobalKeys, globalActions } from '../../../common/model/wish.ts'
import type { Desk } from '../../host.ts'

interface GlobalKeyOptions {
  desk: Pick<Desk, 'face' | 'watch' | 'outside' | 'run'>
  shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>
}

export function followGlobalKeys(scope: Scope, { desk, shortcuts }: GlobalKeyOptions): void {
  let held: string[] = []
  let applied = ''
  const release = () => {
    for (const key of held) shortcuts.unregister(key)
    held = []
  }
  /** Electron's own names; it throws for a key that it does not know. */
  const take = (action: GlobalAction, key: string) => {
    const accelerator = key.replace('Ctrl+', 'CommandOrControl+')
    try {
      if (!shortcuts.register(accelerator, () => desk.run(action))) return false
    } catch {
      return false
    }
    held.push(accelerator)
    return true
  }
  const follow = (keys: GlobalKeys) => {
    const wanted = JSON.stringify(keys)
    if (wanted === applied) return
    applied = wanted
    release()
    const taken = keys.on ? globalActions.filter((action) => !take(action, keys[action])) : []
    desk.outside({ keys: keys.on ? 'on' : 'off', taken })
  }
  follow(desk.face().globalKeys)
  scope.add(desk.watch((face) => follow(face.globalKeys)))
  scope.add(release)
}
