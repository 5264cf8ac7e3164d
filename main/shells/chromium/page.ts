// The one page: set up before its first script, served by us, kept at home, brought back after a crash.
import type { Log } from '../../../common/kit/log.ts'
import type { Port } from '../../../common/kit/port.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import { readPageFile } from '../page-files.ts'
import { createRestarts } from '../restarts.ts'
import type { Cdp, CdpEvent, CdpParams } from './cdp-pipe.ts'
import { createPageLink } from './page-link.ts'
import { bindingName, toPageScript } from './page-script.ts'

export interface PageOptions {
  origin: string
  pageDir: string
  log: Log
  /** The page is loaded when it is there. */
  app: Promise<{ attach(port: Port): () => void }>
}

/** `window`: closed by the person. `crashes`: it kept crashing and was given up. */
export type PageEnd = 'window' | 'crashes'

export interface Page {
  readonly targetId: string
  readonly ended: Promise<PageEnd>
  onResized(listener: () => void): void
  bringToFront(): Promise<void>
  /** Resolves with the value of the promise that it is. */
  evaluate(expression: string): Promise<unknown>
}

const granted = ['microphone', 'notifications', 'speaker-selection', 'loopback-network', 'local-network']
const denied = ['camera', 'geolocation', 'midi', 'clipboard-read', 'storage-access', 'window-management']

/** Resolves when the page's document has been asked for. The browser's other pages are closed. */
export async function openPage(scope: Scope, cdp: Cdp, options: PageOptions): Promise<Page> {
  const target = await attachToFirstPage(scope, cdp)
  const app = await options.app
  const send = (method: string, params: CdpParams = {}) => cdp.send(method, params, target.sessionId)
  const link = createPageLink({
    origin: options.origin,
    frameId: target.targetId,
    send,
    attach: (port) => app.attach(port),
  })
  scope.add(() => link.drop())

  const restarts = createRestarts()
  const resized = new Set<() => void>()
  let end: (why: PageEnd) => void = () => {}
  const ended = new Promise<PageEnd>((resolve) => {
    end = resolve
  })
  const onCrash = () => {
    if (!restarts.allow()) return end('crashes')
    options.log.warn('the page crashed and is loaded again')
    void send('Page.navigate', { url: `${options.origin}/` }).catch(() => {})
  }
  const onEvent = (event: CdpEvent) => {
    if (event.method === 'Target.detachedFromTarget' && event.params.sessionId === target.sessionId) {
      link.drop()
      return end('window')
    }
    if (event.sessionId !== target.sessionId) return
    link.onEvent(event)
    if (event.method === 'Fetch.requestPaused') void serve(event.params, options, send).catch(() => {})
    else if (event.method === 'Inspector.targetCrashed') onCrash()
    else if (event.method === 'Page.frameResized') for (const listener of resized) listener()
  }
  scope.add(cdp.onEvent(onEvent))

  await setUp(cdp, send, options.origin)
  await send('Page.navigate', { url: `${options.origin}/` })
  return {
    targetId: target.targetId,
    ended,
    onResized: (listener) => void resized.add(listener),
    bringToFront: async () => void (await send('Page.bringToFront')),
    async evaluate(expression) {
      const how = {
        awaitPromise: true,
        returnByValue: true,
        allowUnsafeEvalBlockedByCSP: false,
        silent: true,
      }
      const { result } = await send('Runtime.evaluate', { expression, ...how })
      return (result as { value?: unknown } | undefined)?.value
    },
  }
}

async function setUp(
  cdp: Cdp,
  send: (method: string, params?: CdpParams) => Promise<CdpParams>,
  origin: string,
): Promise<void> {
  const permissions = [
    ...granted.map((name) => ({ name, setting: 'granted' })),
    ...denied.map((name) => ({ name, setting: 'denied' })),
  ]
  await Promise.all([
    send('Page.enable'),
    // Runtime.addBinding alone stays silent: its events need Runtime.enable.
    send('Runtime.enable'),
    send('Runtime.addBinding', { name: bindingName }),
    send('Page.addScriptToEvaluateOnNewDocument', { source: toPageScript() }),
    // Every document, so that no navigation leaves home, and everything of our origin.
    send('Fetch.enable', {
      patterns: [{ urlPattern: `${origin}/*` }, { urlPattern: '*', resourceType: 'Document' }],
    }),
    send('Inspector.enable'),
    cdp.send('Browser.setDownloadBehavior', { behavior: 'deny' }).catch(() => {}),
    // Names come and go with Chromium's versions; a missing one must not keep the phone from starting.
    ...permissions.map(({ name, setting }) =>
      cdp.send('Browser.setPermission', { permission: { name }, setting, origin }).catch(() => {}),
    ),
  ])
  await send('Runtime.runIfWaitingForDebugger').catch(() => {})
}

/** Answers a request of our origin from the page's folder; any other document is refused and the page stays. */
async function serve(
  params: CdpParams,
  options: PageOptions,
  send: (method: string, params?: CdpParams) => Promise<CdpParams>,
): Promise<void> {
  const requestId = String(params.requestId)
  const request = params.request as { url: string; method: string }
  if (!request.url.startsWith(`${options.origin}/`)) {
    options.log.warn('the page may not navigate away', { to: request.url.slice(0, 200) })
    await send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    return
  }
  const file = await readPageFile(options.pageDir, request.url, request.method)
  await send('Fetch.fulfillRequest', {
    requestId,
    responseCode: file.status,
    responseHeaders: Object.entries(file.headers).map(([name, value]) => ({ name, value })),
    body: file.body.toString('base64'),
  })
}

function attachToFirstPage(scope: Scope, cdp: Cdp): Promise<{ sessionId: string; targetId: string }> {
  return new Promise((resolve, reject) => {
    let first = true
    const onEvent = (event: CdpEvent) => {
      if (event.method !== 'Target.attachedToTarget') return
      const { targetId } = event.params.targetInfo as { targetId: string }
      if (first) {
        first = false
        resolve({ sessionId: String(event.params.sessionId), targetId })
      } else {
        closePopup(cdp, targetId, String(event.params.sessionId))
      }
    }
    scope.add(cdp.onEvent(onEvent))
    cdp
      .send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: 'page' }],
      })
      .catch(reject)
    void cdp.closed.then(() => reject(new Error('the browser left at once')))
  })
}

/** It waits for a debugger and, sharing our page's process, holds that up as well: so it is let go, without a network. */
function closePopup(cdp: Cdp, targetId: string, sessionId: string): void {
  const commands: Array<[string, CdpParams, string?]> = [
    ['Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId],
    ['Runtime.runIfWaitingForDebugger', {}, sessionId],
    ['Target.closeTarget', { targetId }],
  ]
  for (const command of commands) cdp.send(...command).catch(() => {})
}
