// Runs practice inside Electron's utility process, which has no standard input: its end is a message instead.
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { pathToFileURL } from 'node:url'

/** Practice leaves when its input ends, so it gets one that ends when main says so. */
const input = new PassThrough()
Object.defineProperty(process, 'stdin', { value: input })
process.parentPort.on('message', () => input.end())

await import(pathToFileURL(path.join(import.meta.dirname, '..', 'practice', 'practice.js')).href)
