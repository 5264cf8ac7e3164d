// The window over time: opens a browser, opens another when it dies, ends with the person's close.
import type { Scope } from '../../../common/kit/scope.ts'
import { createRestarts } from '../restarts.ts'
import { readWindowPlace } from '../window-place.ts'
import { type ChromiumShell, type ChromiumShellOptions, openChromiumShell } from './shell.ts'

export type WindowOptions = Omit<ChromiumShellOptions, 'place'>

export interface ChromiumWindow {
  /** Rejects when the first browser does not come up. */
  readonly opened: Promise<void>
  /** The person closed it, or it was given up after three deaths within a minute. */
  readonly closed: Promise<void>
  pid(): number
  focus(): void
  /** In the page; a window that is just opening anew has none. */
  evaluate(expression: string): Promise<unknown>
}

/**
 *   opening → open → closed            by the person, or with the scope
 *      ↑        ↓
 *      └─ browser died                 at most three times a minute
 */
export function openChromiumWindow(scope: Scope, options: WindowOptions): ChromiumWindow {
  const restarts = createRestarts()
  let current: { shell: ChromiumShell; own: Scope } | undefined

  const open = async () => {
    const own = scope.child('window')
    const place = readWindowPlace(options.dataDir)
    const shell = await openChromiumShell(own, { ...options, place })
    const window = { shell, own }
    current = window
    options.log.info('window open', { browser: shell.version, headless: options.headless })
    return window
  }

  const stay = async (first: Awaited<ReturnType<typeof open>>) => {
    for (let window = first; ; window = await open()) {
      const why = await window.shell.ended
      await window.own.end()
      current = undefined
      if (scope.ended) return
      if (why === 'window') {
        return options.log.info('window closed')
      } else if (why === 'crashes' || !restarts.allow()) {
        return options.log.error('the window keeps crashing and is given up')
      } else {
        options.log.warn('the browser died and is started again')
      }
    }
  }

  const opening = open()
  const opened = opening.then(() => {})
  const closed = opening.then(stay)
  // It may fail before anybody listens.
  for (const end of [opened, closed]) end.catch(() => {})
  return {
    opened,
    closed,
    pid: () => current?.shell.pid ?? 0,
    evaluate: async (expression) => current?.shell.evaluate(expression),
    focus: () => void current?.shell.focus().catch(() => {}),
  }
}
