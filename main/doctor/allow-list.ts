// What an administrator has to open, as rows of a firewall: derived from what this companion would really use.
import type { AllowRow } from '../../common/model/doctor.ts'
import { phrase } from '../../common/words/say.ts'
import { hostOf, portOf, type Target } from './check.ts'
import { readIceAddress } from './ice-address.ts'

export function toAllowList({ apiUrl, edges, iceServers }: Target): AllowRow[] {
  const rows: AllowRow[] = [
    {
      protocol: 'tcp',
      host: hostOf(apiUrl),
      port: String(portOf(apiUrl)),
      why: phrase('API and events (HTTPS, WebSocket)'),
    },
    ...edges.map((edge): AllowRow => {
      const url = new URL(edge)
      return {
        protocol: 'tcp',
        host: hostOf(url),
        port: String(portOf(url)),
        why: phrase('SIP over WebSocket'),
      }
    }),
    ...iceServers.flatMap(({ urls }): AllowRow[] => {
      const server = readIceAddress(urls)
      if (!server) return []
      const why =
        server.kind === 'stun' ? phrase('Own outer address (STUN)') : phrase('Relay of sound (TURN)')
      return [
        { protocol: server.way === 'udp' ? 'udp' : 'tcp', host: server.host, port: String(server.port), why },
      ]
    }),
    // The platform names the address of its media relay in each call anew (contract F.6).
    {
      protocol: 'udp',
      host: '*',
      port: '1024-65535',
      why: phrase('Sound of calls (SRTP), outgoing and its answers'),
    },
  ]
  const keys = rows.map(({ protocol, host, port }) => `${protocol} ${host} ${port}`)
  return rows.filter((_, at) => keys.indexOf(keys[at] ?? '') === at)
}

/** `tcp  api.voipbin.net  443  API and events` */
export function toAllowText(rows: readonly AllowRow[], say: (phrase: AllowRow['why']) => string): string {
  const width = Math.max(...rows.map(({ host }) => host.length))
  return rows
    .map(
      ({ protocol, host, port, why }) =>
        `${protocol}  ${host.padEnd(width)}  ${port.padEnd(11)}  ${say(why)}`,
    )
    .join('\n')
}
