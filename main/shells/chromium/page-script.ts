// What runs in the page before its own scripts: puts the port there. Sent to the browser as text.

export const bindingName = 'companionBinding'
export const receiveName = 'companionReceive'

/** Said first by every page load: the messages of an earlier page are over. */
export const hello = 'hello'

/** Runs inside the page: knows nothing of this file but its arguments. */
function installPort(binding: string, receive: string, greeting: string): void {
  const scope = globalThis as unknown as Record<string, unknown>
  const post = scope[binding]
  // Only the window itself talks to main; a frame would have no business there.
  if (scope.top !== globalThis || typeof post !== 'function') return
  delete scope[binding]
  const listeners = new Set<(message: unknown) => void>()
  let early: unknown[] = []
  const deliver = (message: unknown) => {
    for (const listener of [...listeners]) {
      try {
        listener(message)
      } catch (error) {
        console.error(error)
      }
    }
  }
  const fixed = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, writable: false, configurable: false })
  fixed('companionPort', {
    send: (message: unknown) => post(JSON.stringify(message)),
    onMessage: (listener: (message: unknown) => void) => {
      listeners.add(listener)
      const waiting = early
      early = []
      for (const message of waiting) deliver(message)
      return () => listeners.delete(listener)
    },
  })
  fixed(receive, (text: string) => {
    for (const message of JSON.parse(text) as unknown[]) {
      if (listeners.size === 0) early.push(message)
      else deliver(message)
    }
  })
  post(greeting)
}

/** `installPort` with its arguments, as a script. */
export function toPageScript(): string {
  const values = [bindingName, receiveName, hello].map((value) => JSON.stringify(value)).join(', ')
  return `(${installPort.toString()})(${values})`
}

/**
 * The call that delivers messages. They travel as a string inside a string: as a literal, a `__proto__`
 * in somebody's text would become a prototype.
 */
export function toDelivery(messages: readonly unknown[]): string {
  return `${receiveName}(${JSON.stringify(JSON.stringify(messages))})`
}
