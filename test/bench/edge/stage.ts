// What all measured phones share: one SIP edge, one caller on plain RTP, and the platform's API with its SIP part
// replaced by that edge.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openPractice, type Practice } from '../../../practice/practice.ts'
import type { Edge } from '../../edge/fixture/edge.ts'
import { type EdgeLine, openEdgeLine } from '../../edge/line/edge-line.ts'
import { openPeer, type Peer } from '../../edge/peer/peer.ts'

export interface Stage {
  edge: Edge
  caller: Peer
  /** Where the companion signs in and finds its extension. */
  practice: Practice
  /** The domain above `<customer>.registrar.`. */
  baseDomain: string
  /** For profiles; removed when this process ends. */
  folder: string
  passwordOf(extension: string): string
  close(): Promise<void>
}

const baseDomain = 'voipbin.test'

/** The extensions are there when it resolves. */
export async function openStage(extensions: readonly string[]): Promise<Stage> {
  let line: EdgeLine | undefined
  const practice = await openPractice({
    dialect: 'deployed',
    rates: { customer: { perSecond: 1_000, burst: 1_000 } },
    parts: {
      openLine: async (options) => {
        line = await openEdgeLine(options, baseDomain)
        return line
      },
    },
  })
  if (!line) throw new Error('practice opened no line')
  const { edge } = line
  const passwords = new Map(extensions.map((name) => [name, `secret-of-${name}-1`]))
  for (const [name, password] of passwords) await createExtension(practice, name, password)
  const caller = await openPeer({
    outboundProxy: { host: edge.host, port: edge.ports.udp },
    user: '+15550100',
    domain: 'pbx.test',
  })
  const folder = mkdtempSync(path.join(tmpdir(), 'companion-bench-edge-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return {
    edge,
    caller,
    practice,
    baseDomain,
    folder,
    passwordOf: (extension) => passwords.get(extension) ?? '',
    async close() {
      await caller.close()
      // The edge ends with it.
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
