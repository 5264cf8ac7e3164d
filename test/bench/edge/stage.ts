// What all measured phones share: one SIP edge, one caller on plain RTP, and the platform's API without SIP of its own.
import type { Line } from '../../../practice/line.ts'
import { openPractice, type Practice } from '../../../practice/practice.ts'
import { type Edge, startEdge } from '../../edge/fixture/edge.ts'
import { openPeer, type Peer } from '../../edge/peer/peer.ts'

export interface Stage {
  edge: Edge
  caller: Peer
  /** Where the companion signs in and finds its extension. */
  practice: Practice
  /** The domain above `<customer>.registrar.`. */
  baseDomain: string
  passwordOf(extension: string): string
  close(): Promise<void>
}

const baseDomain = 'voipbin.test'

export async function openStage(extensions: readonly string[]): Promise<Stage> {
  const practice = await openPractice({
    dialect: 'deployed',
    rates: { customer: { perSecond: 1_000, burst: 1_000 } },
    parts: { openLine: async () => noLine },
  })
  const passwords = new Map(extensions.map((name) => [name, `secret-of-${name}-1`]))
  for (const [name, password] of passwords) await createExtension(practice, name, password)
  const edge = await startEdge({
    domain: `${practice.customerId}.registrar.${baseDomain}`,
    users: Object.fromEntries(passwords),
  })
  const caller = await openPeer({
    outboundProxy: { host: edge.host, port: edge.ports.udp },
    user: '+15550100',
    domain: 'pbx.test',
  })
  return {
    edge,
    caller,
    practice,
    baseDomain,
    passwordOf: (extension) => passwords.get(extension) ?? '',
    async close() {
      await caller.close()
      await edge.stop()
      await practice.close()
    },
  }
}

async function createExtension({ address }: Practice, extension: string, password: string): Promise<void> {
  const answer = await fetch(`${address.apiUrl}/v1.0/extensions?accesskey=${address.accessKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ extension, name: extension, password, detail: 'bench' }),
  })
  if (!answer.ok) throw new Error(`the extension was not made: ${answer.status} ${await answer.text()}`)
}

/** The registrar and the calls are the edge's. */
const noLine: Line = {
  url: 'ws://127.0.0.1:9',
  contacts: () => [],
  invite: () => {
    throw new Error('calls come over the edge')
  },
  strings: {
    registerStatus: undefined,
    delayMs: 0,
    loss: { toPhone: 0, fromPhone: 0 },
    mute: { toPhone: false, fromPhone: false },
  },
  cutSockets() {},
  restart: async () => {},
  close: async () => {},
}
