// Links of other programs that call somebody: taken and given back as the person wishes. What arrives only fills a field.
import type { App } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import { linkSchemes } from '../../../common/model/link.ts'
import type { Desk } from '../../host.ts'

/** The part of Electron's `app` that is used. */
export type LinkApp = Pick<
  App,
  'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient' | 'isPackaged' | 'getAppPath'
>

interface LinkOptions {
  desk: Pick<Desk, 'face' | 'watch' | 'outside'>
  dataDir: string
  log: Log
  app: LinkApp
}

export function followLinks(scope: Scope, { desk, dataDir, log, app }: LinkOptions): void {
  // What follows "--" is no switch of Chromium: a link must not be able to bring one.
  const args = [...(app.isPackaged ? [] : [app.getAppPath()]), `--profile-dir=${dataDir}`, '--']
  const call = (verb: 'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient') =>
    linkSchemes.map((scheme) => app[verb](scheme, process.execPath, args)).every(Boolean)
  let wanted = false
  const apply = () => {
    try {
      const worked = call(wanted ? 'setAsDefaultProtocolClient' : 'removeAsDefaultProtocolClient')
      desk.outside({ links: wanted ? (worked ? 'on' : 'refused') : 'off' })
      if (wanted && !worked) log.warn('the system does not send links here')
    } catch (error) {
      desk.outside({ links: wanted ? 'refused' : 'off' })
      log.warn('links could not be taken', error)
    }
  }
  const follow = (openLinks: boolean) => {
    if (openLinks === wanted) return
    wanted = openLinks
    apply()
  }
  desk.outside({ links: 'off' })
  follow(desk.face().openLinks)
  scope.add(desk.watch((face) => follow(face.openLinks)))
}
