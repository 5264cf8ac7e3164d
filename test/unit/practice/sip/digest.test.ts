// Digest authentication, with the example of the RFC and with everything that can be wrong.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createDigest, parseDigest } from '../../../../practice/sip/digest.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

interface Change {
  username?: string
  realm?: string
  password?: string
  nc?: string
  qop?: string
}

function credentials(challenge: string, change: Change = {}): string {
  const given = parseDigest(challenge) ?? {}
  const {
    username = 'anna',
    realm = given.realm,
    password = 'secret',
    nc = '00000001',
    qop = 'auth',
  } = change
  const ha1 = md5(`${username}:${realm}:${password}`)
  const response = md5(`${ha1}:${given.nonce}:${nc}:cafe:${qop}:${md5('REGISTER:sip:example.test')}`)
  return (
    `Digest username="${username}", realm="${realm}", nonce="${given.nonce}", uri="sip:example.test", ` +
    `qop=${qop}, nc=${nc}, cnonce="cafe", response="${response}", algorithm=MD5`
  )
}

function check(digest: ReturnType<typeof createDigest>, authorization: string | undefined) {
  return digest.check({ method: 'REGISTER', authorization, username: 'anna', password: 'secret' })
}

describe('digest', () => {
  it('accepts the right credentials once, and again with a higher count', () => {
    const digest = createDigest('example.test')
    const challenge = digest.challenge()
    expect(check(digest, credentials(challenge))).toBe('ok')
    expect(check(digest, credentials(challenge))).toBe('stale')
    expect(check(digest, credentials(challenge, { nc: '0000000a' }))).toBe('ok')
    expect(check(digest, credentials(challenge, { nc: '00000009' }))).toBe('stale')
  })

  it.each([
    ['another password', { password: 'guess' }],
    ['another user', { username: 'bob' }],
    ['another realm', { realm: 'elsewhere' }],
    ['another quality of protection', { qop: 'auth-int' }],
  ])('refuses %s', (_name, change) => {
    const digest = createDigest('example.test')
    expect(check(digest, credentials(digest.challenge(), change))).toBe('wrong')
  })

  it('does not use up a count with a wrong password', () => {
    const digest = createDigest('example.test')
    const challenge = digest.challenge()
    check(digest, credentials(challenge, { password: 'guess' }))
    expect(check(digest, credentials(challenge))).toBe('ok')
  })

  it('takes a nonce for stale that is old or not ours', () => {
    let now = 0
    const digest = createDigest('example.test', () => now)
    const challenge = digest.challenge()
    now = 301_000
    expect(check(digest, credentials(challenge))).toBe('stale')
    expect(check(digest, credentials('Digest realm="example.test", nonce="abc"'))).toBe('stale')
    expect(digest.challenge(true)).toContain('stale=true')
  })

  it('asks when there are no credentials, or those of another scheme', () => {
    const digest = createDigest('example.test')
    expect(check(digest, undefined)).toBe('missing')
    expect(check(digest, 'Basic YW5uYTpzZWNyZXQ=')).toBe('missing')
    expect(check(digest, '')).toBe('missing')
  })

  it('refuses a count that is no number', () => {
    const digest = createDigest('example.test')
    expect(check(digest, credentials(digest.challenge(), { nc: 'zzzz' }))).toBe('stale')
  })

  it('reads quoted values with commas and quotes in them', () => {
    expect(parseDigest('DIGEST username="a, \\"b\\"",nc=00000001 , qop="auth"')).toEqual({
      username: 'a, "b"',
      nc: '00000001',
      qop: 'auth',
    })
  })
})
