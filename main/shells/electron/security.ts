// Everything the window's session may not do, in one place; called before the first page.
import { app, type Session, systemPreferences, type WebContents } from 'electron'
import { toExternalUrl } from '../open-external.ts'
import { readPageFile } from '../page-files.ts'
import { electronScheme } from '../page-origin.ts'
import { allowHeadsets, type HeadsetOptions } from './headsets.ts'
import { isAllowed, isOwnPage } from './permissions.ts'

interface SecurityOptions extends HeadsetOptions {
  pageDir: string
  ownContents(): WebContents | undefined
  openExternal(url: string): void
}

export function secureSession(session: Session, options: SecurityOptions): void {
  session.protocol.handle(electronScheme, async (request) => {
    if (!isOwnPage(request.url)) return new Response('no such host', { status: 404 })
    const { status, headers, body } = await readPageFile(options.pageDir, request.url, request.method)
    return new Response(new Uint8Array(body), { status, headers })
  })
  decidePermissions(session, options)
  session.on('will-download', (event) => event.preventDefault())
}

function decidePermissions(session: Session, { ownContents, log, headset }: SecurityOptions): void {
  const decide = (
    contents: WebContents | null,
    permission: string,
    more: { askingUrl?: string | undefined; media?: readonly string[] | undefined },
  ) => {
    // Some checks come without web contents, such as those of a worker: then the asking page alone decides.
    const ownWindow = contents === null || contents.id === ownContents()?.id
    const windowUrl = contents?.getURL() || more.askingUrl || ''
    return isAllowed({ permission, ownWindow, windowUrl, ...more })
  }
  // Both are needed: most web interfaces check first and ask only after a no.
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    const media = details.mediaType ? [details.mediaType] : undefined
    return decide(contents, permission, { askingUrl: origin || details.requestingUrl, media })
  })
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? details.mediaTypes : undefined
    const allowed = decide(contents, permission, { askingUrl: details.requestingUrl, media })
    if (!allowed) log.warn('the page was refused a permission', { permission })
    // macOS asks the person by itself; a yes from us without one would be a silent microphone.
    if (allowed && permission === 'media' && process.platform === 'darwin') {
      systemPreferences.askForMediaAccess('microphone').then(answer, () => answer(false))
    } else {
      answer(allowed)
    }
  })
  allowHeadsets(session, { log, headset })
}

/** For every web contents there will ever be: stays at home, opens nothing, embeds nothing. */
export function confineContents(options: Pick<SecurityOptions, 'log' | 'openExternal'>): void {
  app.on('web-contents-created', (_created, contents) => {
    const stay = (event: { preventDefault(): void }, url: string) => {
      if (isOwnPage(url)) return
      event.preventDefault()
      options.log.warn('the page may not navigate away', { to: url.slice(0, 200) })
    }
    contents.on('will-navigate', (event) => stay(event, event.url))
    contents.on('will-redirect', (event) => stay(event, event.url))
    contents.on('will-frame-navigate', (event) => stay(event, event.url))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      const external = toExternalUrl(url)
      if (external) options.openExternal(external)
      return { action: 'deny' }
    })
  })
}
