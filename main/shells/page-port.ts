// Main's end of a port to a page that comes and goes: every page load gets a port of its own, the old one falls silent.
import type { Port } from '../../common/kit/port.ts'

export interface PagePorts {
  /** A page has loaded: closes the last port and hands out a new one. */
  renew(): void
  /** A message of the current page. */
  receive(message: unknown): void
  /** The page is gone; nothing is sent any more. */
  drop(): void
}

/** `attach` connects a fresh port and returns its detach; `post` carries a message to the current page. */
export function createPagePorts(
  attach: (port: Port) => () => void,
  post: (message: unknown) => void,
): PagePorts {
  let current: { receive(message: unknown): void; drop(): void } | undefined
  const drop = () => {
    current?.drop()
    current = undefined
  }
  return {
    renew() {
      drop()
      current = openPort(attach, post)
    },
    receive: (message) => current?.receive(message),
    drop,
  }
}

function openPort(attach: (port: Port) => () => void, post: (message: unknown) => void) {
  const listeners = new Set<(message: unknown) => void>()
  let live = true
  const detach = attach({
    send: (message) => {
      if (live) post(message)
    },
    onMessage: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  return {
    receive(message: unknown) {
      for (const listener of [...listeners]) listener(message)
    },
    drop() {
      live = false
      detach()
      listeners.clear()
    },
  }
}
