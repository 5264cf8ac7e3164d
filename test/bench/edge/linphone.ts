// linphonec, the console phone of Linphone, on files instead of a sound card: started with a configuration of its own,
// commanded on its standard input.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SystemPackage } from '../../../main/cli/system-packages.ts'
import { toWav } from '../../../practice/voice/wav.ts'
import { freePort, freeRange } from '../../edge/fixture/ports.ts'
import { nowMs, sleep, until } from '../figure.ts'
import { type EarFile, openEarFile } from './ear-file.ts'
import type { Stage } from './stage.ts'
import { noEar, type Phone, type Subject } from './subject.ts'

export const linphonePackage: SystemPackage = {
  command: 'linphonec',
  debian: 'linphone-cli',
  why: 'have a softphone to compare with',
}

const extension = '3000'

export function createLinphone(stage: Stage): Subject {
  const { stdout } = spawnSync('linphonec', ['--version'], { encoding: 'utf8' })
  const version = /version: (\S+)/.exec(stdout)?.[1] ?? ''
  return {
    name: 'linphonec',
    title: `linphonec ${version}`.trim(),
    extension,
    start: () => startLinphone(stage),
  }
}

async function startLinphone(stage: Stage): Promise<Phone> {
  const home = mkdtempSync(path.join(stage.folder, 'linphonec-'))
  const microphone = path.join(home, 'microphone.wav')
  writeFileSync(microphone, toWav({ pcm: hum(), rate: 8_000 }))
  const configuration = await writeConfiguration(stage, home)
  const startedAt = nowMs()
  const child = launch(home, configuration)
  const say = (line: string) => void child.stdin?.write(`${line}\n`)
  const output = readOutput(child)
  const { domain, ports, log } = stage.edge
  try {
    const { at: registeredAt } = await log.next('register', { user: extension, status: 200 }, startedAt)
    // Its ear and its mouth are files, as on a machine without a sound card.
    say('soundcard use files')
    say(`play ${microphone}`)
    await until('linphonec to use files', () => output().includes('Using wav files'))
    const account = `sip:${extension}@${domain} sip:127.0.0.1:${ports.udp} ${stage.passwordOf(extension)}`
    return {
      name: 'linphonec',
      extension,
      startedAt,
      registeredAt,
      stages: new Map(),
      pid: child.pid ?? 0,
      unregister: async () => command(say, 'unregister'),
      register: async () => command(say, `register ${account}`),
      ...calls(home, say, output),
      async stop() {
        say('quit')
        await ended(child)
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function calls(
  home: string,
  say: (line: string) => void,
  output: () => string,
): Pick<Phone, 'expectCall' | 'rings' | 'answer' | 'settled'> {
  let seen = 0
  let count = 0
  let ear: EarFile | undefined
  const sees = (what: string, pattern: RegExp) =>
    until(`linphonec to say ${what}`, () => pattern.test(output().slice(seen)))
  return {
    async expectCall(kind) {
      seen = output().length
      if (kind === 'none') return noEar
      ear = openEarFile(home, `ear-${++count}.wav`)
      // Given while a call rings, this command ends the program.
      say(`record ${ear.file}`)
      await sleep(50)
      return ear
    },
    rings: () => sees('that it rings', /incoming call/).then(() => {}),
    answer: async () => command(say, 'answer'),
    async settled() {
      await sees('that the call has ended', /ended/)
      ear?.close()
      ear = undefined
    },
  }
}

function command(say: (line: string) => void, line: string): number {
  const at = nowMs()
  say(line)
  return at
}

/** Quit cleanly, or be killed. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await once(child, 'exit')
  clearTimeout(timer)
}

function launch(home: string, configuration: string): ChildProcess {
  const args = ['-c', configuration, '-d', '0', '-l', path.join(home, 'log')]
  // The kernel ends it when this process dies, however it dies.
  return spawn('setpriv', ['--pdeathsig', 'TERM', 'linphonec', ...args], {
    env: { ...process.env, HOME: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
}

function readOutput(child: ChildProcess): () => string {
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  child.stdin?.on('error', () => {})
  return () => text
}

async function writeConfiguration(stage: Stage, home: string): Promise<string> {
  // Without this folder its database reports an error at every start.
  mkdirSync(path.join(home, '.local/share/linphone'), { recursive: true })
  const { domain, ports } = stage.edge
  const media = await freeRange(100)
  const sections = {
    sip: {
      sip_port: await freePort(),
      sip_tcp_port: 0,
      sip_tls_port: 0,
      use_ipv6: 0,
      guess_hostname: 1,
      default_proxy: 0,
      // Without `gruu`: it would put an address of the registrar's making into its Contact, which this edge cannot reach.
      supported: 'replaces',
    },
    rtp: { audio_rtp_port: `${media.min}-${media.max}` },
    net: { firewall_policy: 'none' },
    sound: { echocancellation: 0 },
    auth_info_0: { username: extension, passwd: stage.passwordOf(extension), realm: domain, domain },
    // The address of the edge belongs here: `reg_route` is not used for REGISTER.
    proxy_0: {
      reg_proxy: `<sip:127.0.0.1:${ports.udp};transport=udp>`,
      reg_identity: `sip:${extension}@${domain}`,
      reg_expires: 600,
      reg_sendregister: 1,
      publish: 0,
    },
  }
  const text = Object.entries(sections).map(
    ([name, values]) =>
      `[${name}]\n${Object.entries(values)
        .map(([key, value]) => `${key}=${value}\n`)
        .join('')}`,
  )
  const file = path.join(home, 'linphonerc')
  writeFileSync(file, text.join('\n'), { mode: 0o600 })
  return file
}

/** A minute of a tone at the rate of the codec, so that nothing has to be resampled. */
function hum(): Int16Array {
  return Int16Array.from({ length: 60 * 8_000 }, (_, i) =>
    Math.round(6_000 * Math.sin((2 * Math.PI * 440 * i) / 8_000)),
  )
}
