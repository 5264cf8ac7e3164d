// The network between the companion and its platform: REST, events, SIP and sound are lost at once and come back at once.

import type { BenchPractice } from '../bench/support/practice.ts'
import { openRelay, type Relay } from '../edge/fixture/relay.ts'

export interface Network {
  /** Where practice is to be found behind it. */
  address: { apiUrl: string; edgeUrl: string }
  /** `cut`: connections end; `silent`: they swallow everything and end by themselves never. */
  lose(how: 'cut' | 'silent'): Promise<void>
  restore(): Promise<void>
  close(): Promise<void>
}

export async function openNetwork({
  address,
  ask,
}: Pick<BenchPractice, 'address' | 'ask'>): Promise<Network> {
  const api = new URL(address.apiUrl)
  const edge = new URL(address.edgeUrl)
  const relays = await Promise.all([openRelay(Number(api.port)), openRelay(Number(edge.port))])
  const [first, second] = relays
  const each = (work: (relay: Relay) => void) => relays.forEach(work)
  const all = (share: number) => ask.pull({ pull: 'loss', toPhone: share, fromPhone: share })
  return {
    address: { apiUrl: at(api, first.port), edgeUrl: at(edge, second.port) },
    async lose(how) {
      each((relay) => relay.setNetwork(how === 'cut' ? 'down' : 'silent'))
      each((relay) => (how === 'cut' ? relay.cut() : relay.silence()))
      await all(1)
    },
    async restore() {
      each((relay) => relay.setNetwork('up'))
      await all(0)
    },
    close: async () => void (await Promise.all(relays.map((relay) => relay.close()))),
  }
}

/** Without the slash at the end, as practice writes its addresses. */
function at(url: URL, port: number): string {
  return `${url.protocol}//${url.hostname}:${port}`
}
