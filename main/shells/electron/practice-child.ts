// Practice as a utility process: Electron as a plain Node is switched off in the package.
import type { Readable } from 'node:stream'
import { utilityProcess } from 'electron'
import type { Dialect } from '../../../common/model/settings.ts'
import { type PracticeChild, practiceArguments } from '../practice-process.ts'

export function forkPractice(entry: string, dialect: Dialect): PracticeChild {
  const child = utilityProcess.fork(entry, practiceArguments(dialect), {
    serviceName: 'Practice platform',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return {
    stdout: child.stdout as Readable | null,
    stderr: child.stderr as Readable | null,
    onExit: (listener) => void child.once('exit', (code) => listener(String(code))),
    ask: () => child.postMessage('end'),
    kill: () => void child.kill(),
  }
}
