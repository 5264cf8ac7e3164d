// The port over the DevTools protocol: a binding towards main, batched evaluations towards the page.
import type { Port } from '../../../common/kit/port.ts'
import { createPagePorts } from '../page-port.ts'
import type { CdpEvent, CdpParams } from './cdp-pipe.ts'
import { bindingName, hello, toDelivery } from './page-script.ts'

export interface PageLink {
  /** Takes every event of the page's session. */
  onEvent(event: CdpEvent): void
  drop(): void
}

interface LinkOptions {
  origin: string
  /** The frame that fills the window. */
  frameId: string
  send(method: string, params: CdpParams): Promise<CdpParams>
  attach(port: Port): () => void
}

interface Context {
  id: number
  uniqueId?: string
  origin: string
  auxData?: { frameId?: string; isDefault?: boolean }
}

export function createPageLink(options: LinkOptions): PageLink {
  const trusted = new Map<number, Context>()
  let current: Context | undefined
  let batch: unknown[] = []

  const flush = () => {
    const messages = batch
    batch = []
    if (!current) return
    void options
      .send('Runtime.evaluate', {
        expression: toDelivery(messages),
        ...(current.uniqueId ? { uniqueContextId: current.uniqueId } : { contextId: current.id }),
        // Without this, page code that goes on after our evaluation could use eval in spite of its policy.
        allowUnsafeEvalBlockedByCSP: false,
        silent: true,
      })
      .catch(() => {})
  }
  // One evaluation a turn: a burst of a thousand events is one script.
  const ports = createPagePorts(options.attach, (message) => {
    if (batch.push(message) === 1) setImmediate(flush)
  })
  const leave = () => {
    current = undefined
    batch = []
    ports.drop()
  }

  const onBinding = (contextId: number, payload: string) => {
    const context = trusted.get(contextId)
    if (!context) return
    if (payload === hello) {
      leave()
      current = context
      ports.renew()
    } else if (current?.id === contextId) {
      const message = parse(payload)
      if (message !== undefined) ports.receive(message)
    }
  }

  return {
    drop: leave,
    onEvent({ method, params }) {
      if (method === 'Runtime.executionContextCreated') {
        const context = params.context as Context
        const own = context.auxData?.isDefault === true && context.auxData.frameId === options.frameId
        if (own && context.origin === options.origin) trusted.set(context.id, context)
      } else if (method === 'Runtime.executionContextDestroyed') {
        const id = Number(params.executionContextId)
        trusted.delete(id)
        if (current?.id === id) leave()
      } else if (method === 'Runtime.executionContextsCleared' || method === 'Inspector.targetCrashed') {
        trusted.clear()
        leave()
      } else if (method === 'Runtime.bindingCalled' && params.name === bindingName) {
        onBinding(Number(params.executionContextId), String(params.payload))
      }
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
