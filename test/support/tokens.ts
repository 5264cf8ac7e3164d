// Tokens as the platform makes them (contract B.1), unsigned: only their claims are ever read.

export interface TokenOf {
  customerId?: string
  agentId?: string
  username?: string
  permission?: number
  /** As the platform writes it: a text. */
  expire?: string
}

export function aToken(of: TokenOf = {}): string {
  const payload = {
    type: 'agent',
    agent: {
      id: of.agentId ?? 'a0000000-0000-4000-8000-000000000001',
      customer_id: of.customerId ?? 'c0000000-0000-4000-8000-000000000001',
      username: of.username ?? 'ada@example.com',
      permission: of.permission ?? 32,
    },
    expire: of.expire ?? '2099-01-01T00:00:00.000000Z',
  }
  return [{ alg: 'HS256', typ: 'JWT' }, payload, 'signature']
    .map((part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'))
    .join('.')
}
