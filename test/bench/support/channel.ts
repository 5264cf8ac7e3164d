// Typed calls between a bench and the process it measures, over the channel that Node gives to forked children.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createBirpc } from 'birpc'

type Functions = Record<string, (...args: never[]) => unknown>

export interface Measured<Asks extends object> {
  ask: Asks
  child: ChildProcess
  pid: number
  /** Closes the channel, which asks it to leave; killed when it does not. */
  end(): Promise<void>
}

export interface ForkOptions {
  file: string
  /** Handed over as JSON in the environment: no secret on a command line. */
  options: unknown
  flags?: readonly string[]
}

export function forkMeasured<Asks extends object>(
  { file, options, flags = [] }: ForkOptions,
  tells: object,
): Measured<Asks> {
  const child = fork(file, [], {
    execArgv: [...flags],
    env: { ...process.env, BENCH_OPTIONS: JSON.stringify(options) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const gone = once(child, 'exit')
  const rpc = createBirpc<Functions, Functions>(tells as Functions, {
    post: (message) => void (child.connected && child.send(message)),
    on: (listener) => void child.on('message', listener),
    timeout: 60_000,
  })
  child.once('exit', (code, signal) => rpc.$close(new Error(`${file} ended (${signal ?? code})`)))
  return {
    ask: rpc as unknown as Asks,
    child,
    pid: child.pid ?? 0,
    async end() {
      if (child.connected) child.disconnect()
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await gone
      clearTimeout(timer)
    },
  }
}

export const readOptions = <T>() => JSON.parse(process.env.BENCH_OPTIONS ?? '{}') as T

/** In the child: serves what the bench asks; `leave` runs when the bench lets go. */
export function serveBench<Tells extends object>(asks: object, leave: () => Promise<void>): Tells {
  process.once('disconnect', () => void leave().finally(() => process.exit(0)))
  const rpc = createBirpc<Functions, Functions>(asks as Functions, {
    // Who let go in this moment reads nothing more: that is no fault of the child.
    post: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => {})),
    on: (listener) => void process.on('message', listener),
    timeout: 60_000,
  })
  return new Proxy({} as Tells, {
    get: (_, name) => (input: unknown) => void rpc.$callEvent(String(name), input as never).catch(() => {}),
  })
}
