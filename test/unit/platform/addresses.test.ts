// Addresses of each environment, and what a token says of itself.
import { describe, expect, it } from 'vitest'
import { defaultSettings, type Settings } from '../../../common/model/settings.ts'
import { toAddresses } from '../../../main/platform/addresses.ts'
import { readClaims, toRole } from '../../../main/platform/claims.ts'
import { toTopics } from '../../../main/platform/events/topics.ts'
import { aToken } from '../../support/tokens.ts'

const settingsOf = (more: Partial<Settings>): Settings => ({ ...defaultSettings, ...more })

describe('the addresses', () => {
  it('of production follow from its base domain', () => {
    const addresses = toAddresses(settingsOf({ environment: 'production' }))
    expect(addresses.apiUrl).toBe('https://api.voipbin.net')
    expect(addresses.domainOf('C')).toBe('C.registrar.voipbin.net')
    expect(addresses.edgesOf('C')).toEqual([
      'wss://C.registrar.voipbin.net',
      'wss://sip.voipbin.net',
      'wss://registrar.voipbin.net',
    ])
  })

  it('of the sandbox try port 5066 first and never plain ws', () => {
    const edges = toAddresses(settingsOf({ environment: 'sandbox' })).edgesOf('C')
    expect(edges[0]).toBe('wss://sip.voipbin.test:5066')
    expect(edges.every((edge) => edge.startsWith('wss://'))).toBe(true)
  })

  it.each([
    ['https://api.example.com/', 'https://api.example.com', 'example.com', 'wss://C.registrar.example.com'],
    [
      'https://api.example.com/v1.0',
      'https://api.example.com',
      'example.com',
      'wss://C.registrar.example.com',
    ],
    ['https://api.lab.test:8443', 'https://api.lab.test:8443', 'lab.test', 'wss://sip.lab.test:5066'],
  ])('of an own server are derived from %s', (apiUrl, api, base, edge) => {
    const addresses = toAddresses(settingsOf({ environment: 'custom', apiUrl }))
    expect(addresses.apiUrl).toBe(api)
    expect(addresses.baseDomain).toBe(base)
    expect(addresses.edgesOf('C')[0]).toBe(edge)
    // Compose behind a reverse proxy answers on the usual port, its edge does not.
    expect(addresses.edgesOf('C')).toContain(`wss://sip.${base}:5066`)
  })

  it.each(['https://10.0.0.5', 'https://[fd00::5]:8443'])(
    'of an own server at a number, %s, give no SIP domain without a base domain, and say so',
    (apiUrl) => {
      const addresses = toAddresses(settingsOf({ environment: 'custom', apiUrl }))
      expect(addresses.apiUrl).toBe(apiUrl)
      const noDomain = expect.objectContaining({ code: 'extension.noDomain' })
      expect(() => addresses.domainOf('C')).toThrow(noDomain)
      expect(() => addresses.edgesOf('C')).toThrow(noDomain)
    },
  )

  it('let the settings override base domain and edge', () => {
    const own = {
      environment: 'custom',
      apiUrl: 'https://10.0.0.5',
      baseDomain: 'pbx.test',
      edgeUrl: 'wss://e',
    } as const
    const addresses = toAddresses(settingsOf(own))
    expect(addresses.domainOf('C')).toBe('C.registrar.pbx.test')
    expect(addresses.edgesOf('C')).toEqual(['wss://e'])
  })

  it('begin with the edge that worked last time', () => {
    const edges = toAddresses(settingsOf({ environment: 'production' })).edgesOf('C', 'wss://sip.voipbin.net')
    expect(edges[0]).toBe('wss://sip.voipbin.net')
    expect(new Set(edges).size).toBe(3)
  })

  it('of practice come from the running practice', () => {
    const practice = {
      apiUrl: 'http://127.0.0.1:1',
      edgeUrl: 'ws://127.0.0.1:2',
      baseDomain: 'practice.test',
    }
    const addresses = toAddresses(settingsOf({ environment: 'practice' }), practice)
    expect(addresses.edgesOf('C')).toEqual(['ws://127.0.0.1:2'])
    expect(() => toAddresses(settingsOf({ environment: 'practice' }))).toThrow(/practice/)
  })
})

describe('a token', () => {
  it('tells customer, agent, permission and its end', () => {
    const claims = readClaims(aToken({ permission: 64, expire: '2026-08-30T10:00:00.000000Z' }))
    expect(claims).toMatchObject({ permission: 64, username: 'ada@example.com' })
    expect(claims?.expiresAt).toBe(Date.UTC(2026, 7, 30, 10))
  })

  it.each([[''], ['vb_0123456789ab'], ['a.b.c'], ['a.bnVsbA.c'], ['a.b.c.d']])('%s is none', (text) =>
    expect(readClaims(text)).toBeUndefined(),
  )

  it.each([
    [16, 'agent'],
    [32, 'admin'],
    [64, 'manager'],
    [48, 'admin'],
    [65535, 'superAdmin'],
    [0, 'agent'],
  ])('with permission %i makes a %s', (permission, role) => expect(toRole(permission)).toBe(role))
})

describe('the topics', () => {
  it('of a customer are plain prefixes and wildcards, in messages of their own', () => {
    const [plain = [], wild = []] = toTopics({ role: 'admin', customerId: 'C' })
    expect(plain).toContain('customer_id:C:transcript')
    expect(wild).toContain('customer_id:C:call:*')
    expect(plain.some((topic) => topic.includes('*'))).toBe(false)
  })

  it('of a plain agent are its own events only', () => {
    expect(toTopics({ role: 'agent', customerId: 'C', agentId: 'A' })).toEqual([['agent_id:A']])
    expect(toTopics({ role: 'agent', customerId: 'C' })).toEqual([])
  })
})
