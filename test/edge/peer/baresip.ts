// baresip as a second peer, written by others: an independent opinion about our SIP and our media, also in Opus and G.722.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../fixture/ports.ts'
import { startProgram } from '../fixture/process-tree.ts'
import { type BaresipControl, type BaresipEvent, openControl } from './baresip-control.ts'
import { type BaresipCodec, baresipCodecs, fromSoundFile, toSoundFile } from './baresip-sound.ts'
import type { Place } from './wire.ts'

const modulePath = '/usr/lib/baresip/modules'

export interface BaresipOptions {
  outboundProxy: Place
  user: string
  domain: string
  /** Registers with it. */
  password?: string
  codec: BaresipCodec
  /** What it says in its calls, 8 kHz. The call ends with it. */
  says: Int16Array
}

export interface Baresip {
  readonly events: BaresipControl['events']
  /** Rings, answers when told to. */
  call(uri: string): void
  answer(): void
  hangUp(): void
  /** The next event of this type that comes after the last one waited for. */
  happened(type: string, ms?: number): Promise<BaresipEvent>
  /** What it has heard in its calls, 8 kHz: complete once a call has ended. */
  heard(): Promise<Int16Array>
  close(): Promise<void>
}

/** Ready when it takes commands; with a password, when it is registered. */
export async function openBaresip(options: BaresipOptions): Promise<Baresip> {
  const dir = await mkdtemp(path.join(tmpdir(), 'companion-baresip-'))
  const ports = { sip: await freePort(), control: await freePort() }
  await writeFile(path.join(dir, 'says.wav'), toSoundFile(options.says, options.codec))
  await writeFile(path.join(dir, 'config'), toConfig(dir, ports, options.codec))
  await writeFile(path.join(dir, 'accounts'), toAccount(options))
  await writeFile(path.join(dir, 'contacts'), '')
  const program = startProgram({
    command: 'baresip',
    args: ['-f', dir],
    logFile: path.join(dir, 'baresip.log'),
  })
  const close = async () => {
    await program.stop()
    await rm(dir, { recursive: true, force: true })
  }
  try {
    const control = await Promise.race([openControl(ports.control), program.broken])
    const seen = new Set<BaresipEvent>()
    const baresip: Baresip = {
      events: control.events,
      call: (uri) => control.command('dial', uri),
      answer: () => control.command('accept'),
      hangUp: () => control.command('hangup'),
      async happened(type, ms) {
        const isNext = (event: BaresipEvent) => event.type === type && !seen.has(event)
        const event = await control.events.wait(`baresip's ${type}`, isNext, ms)
        seen.add(event)
        return event
      },
      async heard() {
        const dumps = (await readdir(dir)).filter((name) => name.endsWith('-dec.wav')).sort()
        const sounds = await Promise.all(
          dumps.map(async (name) => fromSoundFile(await readFile(path.join(dir, name)))),
        )
        return Int16Array.from(sounds.flatMap((sound) => [...sound]))
      },
      async close() {
        control.close()
        await close()
      },
    }
    if (options.password !== undefined) await baresip.happened('REGISTER_OK')
    return baresip
  } catch (error) {
    await close()
    throw error
  }
}

function toConfig(dir: string, ports: { sip: number; control: number }, codec: BaresipCodec): string {
  const { module, rate, channels } = baresipCodecs[codec]
  return [
    'poll_method epoll',
    `sip_listen 127.0.0.1:${ports.sip}`,
    'net_interface 127.0.0.1',
    `audio_source aufile,${dir}/says.wav`,
    // It plays into nothing; what it would have played is dumped by `sndfile`.
    'audio_player aubridge,ear',
    'audio_alert aubridge,ear',
    `ausrc_srate ${rate}`,
    `auplay_srate ${rate}`,
    `ausrc_channels ${channels}`,
    `auplay_channels ${channels}`,
    'jitter_buffer_delay 1-10',
    'rtp_ports 30000-39998',
    `module_path ${modulePath}`,
    `module ${module}.so`,
    'module aufile.so',
    'module aubridge.so',
    'module sndfile.so',
    `snd_path ${dir}`,
    'module_tmp uuid.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${ports.control}`,
    '',
  ].join('\n')
}

function toAccount({ outboundProxy, user, domain, password, codec }: BaresipOptions): string {
  const { host, port } = outboundProxy
  const registration =
    password === undefined ? 'regint=0' : `regint=300;auth_user=${user};auth_pass=${password}`
  const parts = [
    `<sip:${user}@${domain};transport=udp>`,
    registration,
    `outbound="sip:${host}:${port};transport=udp"`,
    `audio_codecs=${baresipCodecs[codec].name}`,
    'answermode=manual',
    'ptime=20',
  ]
  return `${parts.join(';')}\n`
}
