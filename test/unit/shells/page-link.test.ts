// The port over the DevTools protocol: who is heard, and what is sent.
import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { Port } from '../../../common/kit/port.ts'
import { createPageLink } from '../../../main/shells/chromium/page-link.ts'
import { bindingName, hello, toDelivery, toPageScript } from '../../../main/shells/chromium/page-script.ts'

const origin = 'https://app.test'
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

function aLink() {
  const sent: Array<Record<string, unknown>> = []
  const ports: Port[] = []
  const heard: unknown[] = []
  let detached = 0
  const link = createPageLink({
    origin,
    frameId: 'main',
    send: async (method, params) => {
      sent.push({ method, ...params })
      return {}
    },
    attach: (port) => {
      ports.push(port)
      port.onMessage((message) => heard.push(message))
      return () => detached++
    },
  })
  const event = (method: string, params: Record<string, unknown> = {}) =>
    link.onEvent({ method, params, sessionId: 's' })
  const context = (id: number, more: object = {}) =>
    event('Runtime.executionContextCreated', {
      context: { id, uniqueId: `u${id}`, origin, auxData: { frameId: 'main', isDefault: true }, ...more },
    })
  const call = (id: number, payload: string, name = bindingName) =>
    event('Runtime.bindingCalled', { name, payload, executionContextId: id })
  return { link, event, context, call, sent, ports, heard, detached: () => detached }
}

describe('the link to the page', () => {
  it('opens a port when the page says hello and delivers its messages', () => {
    const { context, call, ports, heard } = aLink()
    context(1)
    call(1, hello)
    call(1, '{"a":1}')
    expect(ports).toHaveLength(1)
    expect(heard).toEqual([{ a: 1 }])
  })

  it('hears no other origin, no frame and no isolated world', () => {
    const { context, call, ports } = aLink()
    context(1, { origin: 'https://example.com' })
    context(2, { auxData: { frameId: 'child', isDefault: true } })
    context(3, { auxData: { frameId: 'main', isDefault: false } })
    for (const id of [1, 2, 3, 4]) call(id, hello)
    expect(ports).toHaveLength(0)
  })

  it('drops what comes before hello, what is no JSON, and other bindings', () => {
    const { context, call, heard } = aLink()
    context(1)
    call(1, '{"early":1}')
    call(1, hello)
    call(1, 'not json')
    call(1, '{"a":1}', 'somethingElse')
    expect(heard).toEqual([])
  })

  it('sends the messages of one turn as one evaluation, with the policy kept on', async () => {
    const { context, call, ports, sent } = aLink()
    context(1)
    call(1, hello)
    ports[0]?.send({ i: 1 })
    ports[0]?.send({ i: 2 })
    await nextTurn()
    expect(sent).toEqual([
      {
        method: 'Runtime.evaluate',
        expression: toDelivery([{ i: 1 }, { i: 2 }]),
        uniqueContextId: 'u1',
        allowUnsafeEvalBlockedByCSP: false,
        silent: true,
      },
    ])
  })

  it('replaces the port on the next load: the old one is detached and sends nothing any more', async () => {
    const { event, context, call, ports, sent, detached } = aLink()
    context(1)
    call(1, hello)
    event('Runtime.executionContextsCleared')
    expect(detached()).toBe(1)
    context(2)
    call(2, hello)
    ports[0]?.send('late')
    await nextTurn()
    expect(sent).toEqual([])
    expect(ports).toHaveLength(2)
  })

  it('lets go of the port when the page crashes', () => {
    const { event, context, call, detached } = aLink()
    context(1)
    call(1, hello)
    event('Inspector.targetCrashed')
    expect(detached()).toBe(1)
  })

  it('delivers any text unharmed', () => {
    const messages = [
      { text: '\u2028</script>"\\`\'' },
      { text: '\0 \\" \\\\\' `\\` ❤ \ud83d' },
      { body: JSON.stringify({ inner: JSON.stringify({ said: 'it\'s "so"' }) }) },
      JSON.parse('{"__proto__":{"x":1}}'),
    ]
    const received: unknown[] = []
    aPage((message) => received.push(message)).run(toDelivery(messages))
    expect(JSON.stringify(received)).toBe(JSON.stringify(messages))
  })

  it('escapes hardly anything, however deep the quotes lie', () => {
    const body = JSON.stringify({ a: JSON.stringify({ b: 'c' }) }).repeat(100)
    expect(JSON.stringify(toDelivery([{ body }])).length).toBeLessThan(JSON.stringify({ body }).length + 200)
  })
})

/** A page with the port, as a browser would load it. */
function aPage(listener: (message: unknown) => void) {
  const page = createContext({ TextEncoder, TextDecoder })
  runInContext(`globalThis.top = globalThis; globalThis.${bindingName} = () => {}`, page)
  runInContext(toPageScript(), page)
  page.listener = listener
  runInContext('companionPort.onMessage(listener)', page)
  return { run: (script: string) => runInContext(script, page) as unknown }
}
