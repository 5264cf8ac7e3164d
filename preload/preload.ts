// The port, nothing else: lets the page exchange messages with main. Bundled as CommonJS for the sandbox.
import { contextBridge, ipcRenderer } from 'electron'

const listeners = new Set<(message: unknown) => void>()
let early: unknown[] = []

ipcRenderer.on('companion.message', (_event, message: unknown) => {
  if (listeners.size === 0) early.push(message)
  for (const listener of [...listeners]) listener(message)
})

contextBridge.exposeInMainWorld('companionPort', {
  send: (message: unknown) => ipcRenderer.send('companion.message', message),
  onMessage: (listener: (message: unknown) => void) => {
    listeners.add(listener)
    const waiting = early
    early = []
    for (const message of waiting) listener(message)
    return () => void listeners.delete(listener)
  },
})

// Before any script of the page: main opens a fresh port for this load.
ipcRenderer.send('companion.hello')
