// Addresses of STUN and TURN servers: `turn:relay.example:3478?transport=tcp` (RFC 7064, RFC 7065).

export interface IceAddress {
  kind: 'stun' | 'turn'
  way: 'udp' | 'tcp' | 'tls'
  host: string
  port: number
}

const form = /^(stun|turn|turns):(\[[0-9a-fA-F:.]+\]|[^:?\s]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/

/** Nothing for what no browser would take either. */
export function readIceAddress(text: string): IceAddress | undefined {
  const [, scheme, name, port, transport] = form.exec(text) ?? []
  if (!scheme || !name) return undefined
  const host = name.replace(/^\[|\]$/g, '')
  const kind = scheme === 'stun' ? 'stun' : 'turn'
  const way = scheme === 'turns' ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp'
  return { kind, way, host, port: port === undefined ? (way === 'tls' ? 5349 : 3478) : Number(port) }
}
