// Digest answers: the figures of the RFCs, what is chosen of several challenges, and who never gets one.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readChallenges } from '../../../renderer/phone/challenge.ts'
import { type ChallengedRequest, createDigest } from '../../../renderer/phone/digest.ts'

const domain = 'abc.registrar.voipbin.test'

function setUp(patch: { domain?: string; username?: string; password?: string; cnonce?: string } = {}) {
  const refused: string[] = []
  const digest = createDigest({
    domain: patch.domain ?? domain,
    username: patch.username ?? '2000',
    password: patch.password ?? 'secret',
    onRefused: (why, method) => refused.push(`${method}: ${why}`),
    ...(patch.cnonce ? { makeCnonce: () => patch.cnonce ?? '' } : {}),
  })
  return { digest, refused }
}

const aRequest = (patch: Partial<ChallengedRequest> = {}): ChallengedRequest => ({
  identity: {},
  method: 'REGISTER',
  uri: `sip:${domain}`,
  inDialog: false,
  body: '',
  ...patch,
})

const ask = (more: string, realm = domain) => `Digest realm="${realm}", nonce="n1"${more}`
const read = (value: string | undefined, name: string) =>
  new RegExp(`[ ,]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^, ]*))`)
    .exec(value ?? '')
    ?.slice(1)
    .join('')

/** The same sums by another library: node's own hashes. */
const hash = (name: string) => (text: string) => createHash(name).update(text).digest('hex')

describe('the figures of RFC 7616 section 3.9', () => {
  const one = { domain: 'http-auth@example.org', username: 'Mufasa', password: 'Circle of Life' }
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('come out for %s', (algorithm, response) => {
    const { digest } = setUp({ ...one, cnonce })
    const made = digest.answer(
      401,
      [challenge(algorithm)],
      aRequest({ method: 'GET', uri: '/dir/index.html' }),
    )
    expect(made?.header).toBe('authorization')
    expect(made?.value).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", response="${response}", algorithm=${algorithm}, cnonce="${cnonce}", qop=auth, nc=00000001, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    )
  })

  it('come out for SHA-512-256 with a hashed name in UTF-8, as corrected by the errata', () => {
    const { digest } = setUp({
      domain: 'api@example.org',
      username: 'Jäsøn Doe',
      password: 'Secret, or not?',
      cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm',
    })
    const made = digest.answer(
      401,
      [
        'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="x", charset=UTF-8, userhash=true',
      ],
      aRequest({ method: 'GET', uri: '/doe.json' }),
    )
    expect(read(made?.value, 'username')).toBe(
      '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b',
    )
    const h = hash('sha512-256')
    const secret = h('Jäsøn Doe:api@example.org:Secret, or not?')
    const nonces =
      '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK:00000001:NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm:auth'
    expect(read(made?.value, 'response')).toBe(h(`${secret}:${nonces}:${h('GET:/doe.json')}`))
    expect(read(made?.value, 'userhash')).toBe('true')
  })
})

describe('an answer', () => {
  it.each([
    ['MD5', 'md5'],
    ['SHA-256', 'sha256'],
    ['SHA-512-256', 'sha512-256'],
  ])('with %s-sess binds the hash of the password to the first nonces', (algorithm, name) => {
    const { digest } = setUp({ cnonce: 'c1' })
    const made = digest.answer(401, [ask(`, qop="auth", algorithm=${algorithm}-sess`)], aRequest())
    const h = hash(name)
    const first = h(`${h(`2000:${domain}:secret`)}:n1:c1`)
    expect(read(made?.value, 'response')).toBe(
      h(`${first}:n1:00000001:c1:auth:${h(`REGISTER:sip:${domain}`)}`),
    )
    expect(read(made?.value, 'algorithm')).toBe(`${algorithm}-sess`)
  })

  it('covers the body where only auth-int is offered', () => {
    const { digest } = setUp({ cnonce: 'c1' })
    const made = digest.answer(
      407,
      [ask(', qop="auth-int"')],
      aRequest({ method: 'INVITE', uri: 'sip:bob@x', body: 'v=0\r\n' }),
    )
    const h = hash('md5')
    const second = h(`INVITE:sip:bob@x:${h('v=0\r\n')}`)
    expect(made?.header).toBe('proxy-authorization')
    expect(read(made?.value, 'response')).toBe(
      h(`${h(`2000:${domain}:secret`)}:n1:00000001:c1:auth-int:${second}`),
    )
  })

  it('without qop has neither a client nonce nor a count, and names no algorithm that was not named', () => {
    const { digest } = setUp()
    const made = digest.answer(401, [ask('')], aRequest())
    const h = hash('md5')
    expect(read(made?.value, 'response')).toBe(
      h(`${h(`2000:${domain}:secret`)}:n1:${h(`REGISTER:sip:${domain}`)}`),
    )
    expect(made?.value).not.toMatch(/cnonce|nc=|qop|algorithm/)
  })

  it('escapes quotes and backslashes, hashes them unescaped, and lets no line break through', () => {
    const { digest } = setUp({ username: 'o"brien\\', cnonce: 'c1' })
    const made = digest.answer(
      401,
      [`Digest realm="${domain}", nonce="a\\"b\\\\c\r\n d", qop=auth`],
      aRequest(),
    )
    expect(made?.value).toContain('username="o\\"brien\\\\"')
    expect(made?.value).toContain('nonce="a\\"b\\\\c d"')
    expect(made?.value).not.toMatch(/[\r\n]/)
  })

  it('counts up with each use of a nonce, and keeps its client nonce; a new nonce begins anew', () => {
    const { digest } = setUp()
    const challenge = ask(', qop="auth"')
    const made = [
      digest.answer(401, [challenge], aRequest()),
      digest.answer(401, [challenge], aRequest()),
      ...digest.ahead(aRequest()),
      digest.answer(401, [challenge.replace('n1', 'n2')], aRequest()),
    ].map((each) => each?.value)
    expect(made.map((value) => read(value, 'nc'))).toEqual(['00000001', '00000002', '00000003', '00000001'])
    const cnonces = made.map((value) => read(value, 'cnonce'))
    expect(new Set(cnonces.slice(0, 3)).size).toBe(1)
    expect(cnonces[3]).not.toBe(cnonces[0])
    expect(cnonces[0]).toMatch(/^\w{24}$/)
  })

  it('goes ahead of the challenge under the header that was asked for', () => {
    const { digest } = setUp()
    expect(digest.ahead(aRequest())).toEqual([])
    digest.answer(407, [ask(', qop="auth"')], aRequest())
    expect(digest.ahead(aRequest()).map((each) => each.header)).toEqual(['proxy-authorization'])
  })
})

describe('of several challenges', () => {
  it('the strongest one is answered, wherever it stands, in headers of their own or in one', () => {
    const values = [
      ask(', algorithm=MD5, qop="auth"'),
      'Bearer realm="x"',
      `${ask(', algorithm=AKAv1-MD5')}, ${ask(', algorithm="sha-256", qop="auth"')}`,
    ]
    const { digest } = setUp()
    expect(read(digest.answer(401, values, aRequest())?.value, 'algorithm')).toBe('sha-256')
    expect(readChallenges(values).usable.map((each) => each.algorithm)).toEqual(['SHA-256', 'MD5'])
    expect(readChallenges(values).unusable).toEqual(['scheme bearer', 'digest algorithm AKAv1-MD5'])
  })

  it('the strongest one of a stranger does not hide our own', () => {
    const { digest, refused } = setUp()
    const made = digest.answer(
      401,
      [ask(', algorithm=SHA-256, qop="auth"', 'evil.example'), ask(', qop="auth"')],
      aRequest(),
    )
    expect(read(made?.value, 'realm')).toBe(domain)
    expect(refused).toEqual([])
  })

  it('equally strong ones are answered in their order', () => {
    const values = ['n1', 'n2'].map((nonce) => `Digest realm="${domain}", nonce="${nonce}", qop="auth"`)
    const { digest } = setUp()
    expect(read(digest.answer(401, values, aRequest())?.value, 'nonce')).toBe('n1')
  })

  it.each([
    ['', 'malformed challenge'],
    ['Digest', 'a challenge without a realm'],
    ['Digest nonce="x"', 'a challenge without a realm'],
    [`Digest realm="${domain}"`, 'a challenge without a nonce'],
    [ask(', algorithm=token'), 'digest algorithm token'],
    [ask(', qop="confidential"'), 'digest protection confidential'],
    [ask(', algorithm=MD5-sess'), 'digest algorithm MD5-sess without qop'],
    ['Negotiate abc==', 'scheme negotiate'],
    [`Digest realm="${'\\"'.repeat(9999)}`, 'a challenge without a'],
  ])('case %#: one that cannot be answered is refused with the reason', (value, why) => {
    const { digest, refused } = setUp()
    expect(digest.answer(401, value ? [value] : [], aRequest())).toBeUndefined()
    expect(refused[0]).toContain(why)
  })
})

describe('nobody gets an answer', () => {
  it.each(['BYE', 'ACK', 'CANCEL', 'OPTIONS'])('for a challenge on %s', (method) => {
    const { digest, refused } = setUp()
    for (const inDialog of [true, false]) {
      expect(digest.answer(407, [ask(', qop="auth"')], aRequest({ method, inDialog }))).toBeUndefined()
    }
    expect(refused).toEqual(Array(2).fill(`${method}: a challenge on ${method}`))
  })

  it('for a realm that is not ours, whatever the method', () => {
    const { digest, refused } = setUp()
    for (const method of ['REGISTER', 'INVITE', 'REFER']) {
      const stranger = ask(', qop="auth"', 'evil.example')
      expect(digest.answer(407, [stranger], aRequest({ method }))).toBeUndefined()
    }
    expect(refused[0]).toBe('REGISTER: challenge for the realm evil.example')
  })

  it('within a dialog, but a proxy of our domain', () => {
    const { digest, refused } = setUp()
    const inDialog = (method: string) => aRequest({ method, inDialog: true })
    for (const method of ['INVITE', 'INFO', 'REFER', 'MESSAGE']) {
      expect(digest.answer(401, [ask(', qop="auth"')], inDialog(method))).toBeUndefined()
      expect(digest.answer(407, [ask(', qop="auth"', 'evil.example')], inDialog(method))).toBeUndefined()
      expect(digest.answer(407, [ask(', qop="auth"')], inDialog(method))).toBeDefined()
    }
    expect(refused[0]).toBe('INVITE: a challenge of the far end on INVITE')
  })

  it('twice for the same request and realm, unless its nonce ran out, and then not for ever', () => {
    const { digest } = setUp()
    const request = aRequest({ method: 'INVITE' })
    const challenge = (nonce: string, stale: string) =>
      `Digest realm="${domain}", nonce="${nonce}", qop="auth"${stale}`
    const stale = ', stale=TRUE'
    expect(digest.answer(407, [challenge('a', '')], request)).toBeDefined()
    expect(digest.answer(407, [challenge('b', '')], request)).toBeUndefined()
    expect(digest.answer(407, [challenge('a', stale)], request)).toBeUndefined()
    expect(digest.answer(407, [challenge('b', stale)], request)).toBeDefined()
    expect(digest.answer(407, [challenge('c', stale)], request)).toBeDefined()
    expect(digest.answer(407, [challenge('d', stale)], request)).toBeUndefined()
    // A proxy and a registrar may both ask (RFC 3261 section 22.3).
    expect(digest.answer(401, [challenge('e', '')], request)).toBeDefined()
  })
})
