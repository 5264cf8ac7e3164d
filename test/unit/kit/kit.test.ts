// The kit: lifetimes that end everything, waits with a deadline, errors from one table, secrets that stay inside.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, errorTable, toAppError, toError } from '../../../common/kit/errors.ts'
import { createLog } from '../../../common/kit/log.ts'
import { createPortPair } from '../../../common/kit/port.ts'
import { redact, redactAddress, redactText } from '../../../common/kit/redact.ts'
import { createScope } from '../../../common/kit/scope.ts'
import { waitFor, within } from '../../../common/kit/wait.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  // Nothing that a scope owned outlives it.
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('a scope', () => {
  it('runs its closings once, last in first out', async () => {
    const order: number[] = []
    const scope = createScope('s')
    for (const n of [1, 2, 3]) scope.add(() => order.push(n))
    await Promise.all([scope.end(), scope.end()])
    expect(order).toEqual([3, 2, 1])
  })
  it('ends its children first and lets a child end before it', async () => {
    const order: string[] = []
    const scope = createScope('s')
    scope.add(() => order.push('own'))
    const [first, second] = [scope.child('a'), scope.child('b')]
    first.add(() => order.push('a'))
    second.add(() => order.push('b'))
    await first.end()
    await scope.end()
    expect(order).toEqual(['a', 'b', 'own'])
    expect(first.ended && second.ended).toBe(true)
  })
  it('closes at once what is added after its end', async () => {
    const scope = createScope('s')
    await scope.end()
    const closed = vi.fn()
    scope.add(closed)
    await Promise.resolve()
    expect(closed).toHaveBeenCalledOnce()
  })
  it('goes on closing when a closing throws, and reports it', async () => {
    const errors: unknown[] = []
    const scope = createScope('s', (error) => errors.push(error))
    const closed = vi.fn()
    scope.add(closed)
    scope.add(() => {
      throw new Error('broken')
    })
    await scope.end()
    expect(closed).toHaveBeenCalledOnce()
    expect(errors).toHaveLength(1)
  })
  it('forgets what was taken back', async () => {
    const scope = createScope('s')
    const closed = vi.fn()
    scope.add(closed)()
    await scope.end()
    expect(closed).not.toHaveBeenCalled()
  })
  it('runs a function that was added twice twice', async () => {
    const scope = createScope('s')
    const closed = vi.fn()
    scope.add(closed)
    scope.add(closed)
    await scope.end()
    expect(closed).toHaveBeenCalledTimes(2)
  })
  it('stops its timers and rejects its sleeps', async () => {
    const scope = createScope('s')
    const run = vi.fn()
    scope.after(100, run)
    scope.every(30, run)
    const slept = scope.sleep(100).catch((error: AppError) => error.code)
    await vi.advanceTimersByTimeAsync(70)
    await scope.end()
    await vi.advanceTimersByTimeAsync(500)
    expect(run).toHaveBeenCalledTimes(2)
    expect(await slept).toBe('app.stopped')
  })
  it('starts no timer after its end', async () => {
    const scope = createScope('s')
    await scope.end()
    scope.after(1, () => {})
    scope.every(1, () => {})
    await expect(scope.sleep(1)).rejects.toMatchObject({ code: 'app.stopped' })
  })
  it('aborts its signal with a reason of ours', async () => {
    const scope = createScope('call 7')
    await scope.end()
    expect(scope.signal.reason).toMatchObject({ code: 'app.stopped', detail: 'call 7' })
  })
})

describe('a wait', () => {
  const watchable = () => {
    const listeners = new Set<() => void>()
    return {
      listeners,
      watch: (listener: () => void) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      change: () => {
        for (const listener of [...listeners]) listener()
      },
    }
  }
  it('resolves at once with what is there, and leaves no listener', async () => {
    const { watch, listeners } = watchable()
    const scope = createScope('s')
    expect(await waitFor(scope, watch, () => 7)).toBe(7)
    expect(listeners.size).toBe(0)
    await scope.end()
  })
  it('resolves after the change that brings it', async () => {
    const { watch, change } = watchable()
    const scope = createScope('s')
    let value: number | undefined
    const found = waitFor(scope, watch, () => value)
    change()
    value = 3
    change()
    expect(await found).toBe(3)
    await scope.end()
  })
  it('fails with what the look throws, and when its scope ends', async () => {
    const { watch, listeners } = watchable()
    const scope = createScope('s')
    await expect(
      waitFor(scope, watch, () => {
        throw new AppError('sip.rejected')
      }),
    ).rejects.toMatchObject({ code: 'sip.rejected' })
    const ended = waitFor(scope, watch, () => undefined).catch((error: AppError) => error.code)
    await scope.end()
    expect(await ended).toBe('app.stopped')
    expect(listeners.size).toBe(0)
  })
  it('may report progress from within its look', async () => {
    const { watch, change } = watchable()
    const scope = createScope('s')
    let looks = 0
    const found = waitFor(scope, watch, () => {
      looks++
      change()
      return looks > 1 ? looks : undefined
    })
    change()
    expect(await found).toBe(2)
    await scope.end()
  })
  it('has a deadline with an error of its own', async () => {
    const scope = createScope('s')
    const late = within(scope, 50, new Promise(() => {}), () => new AppError('sip.timeout')).catch(
      (error: AppError) => error.code,
    )
    await vi.advanceTimersByTimeAsync(50)
    expect(await late).toBe('sip.timeout')
    expect(await within(scope, 50, Promise.resolve('in time'), () => new AppError('sip.timeout'))).toBe(
      'in time',
    )
    await scope.end()
  })
})

describe('an error', () => {
  it('has a sentence, a cause and a remedy for every code', () => {
    for (const row of Object.values(errorTable)) {
      expect(row.say).toMatch(/^[A-Z].*\.$/)
      expect(row.why).toMatch(/^[A-Z].*\.$/)
      expect(row.remedy).toMatch(/^[A-Z].*[.`]$/)
    }
  })
  it('crosses a bridge as data and comes back the same', () => {
    const error = new AppError('platform.broken', { detail: 'INTERNAL', status: 500, requestId: 'r1' })
    const back = toError(structuredClone(error.toData()))
    expect(back.toData()).toEqual(error.toData())
    expect(back.retry).toBe('user')
  })
  it('keeps a foreign original as its cause', () => {
    const foreign = new TypeError('fetch failed')
    expect(toAppError(foreign)).toMatchObject({
      code: 'app.unexpected',
      detail: 'fetch failed',
      cause: foreign,
    })
    expect(toAppError('text').detail).toBe('text')
    const own = new AppError('call.gone')
    expect(toAppError(own)).toBe(own)
  })
})

describe('redaction', () => {
  it.each([
    ['wss://api/v1.0/ws?token=eyJa.eyJb.c&x=1', /eyJ/],
    ['GET /calls?accesskey=vb_abcdefgh123', /abcdefgh/],
    ['Authorization: Bearer abcdef.ghi', /abcdef/],
    [
      'Authorization: Digest username="2000", response="0123456789abcdef0123456789abcdef"',
      /0123456789abcdef/,
    ],
    ['Proxy-Authorization: Digest nonce="n0nce", cnonce="cn0nce"', /n0nce/],
    ['a=ice-pwd:verysecretpassword', /verysecret/],
    ['a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz', /WVNf/],
    ['{"password":"hun\\"ter2","x":1}', /hun|ter2/],
    ['{"credential":"hunter2"}', /hunter/],
    [JSON.stringify({ body: JSON.stringify({ password: 'hun"ter2', x: 1 }) }), /hun|ter2/],
    [JSON.stringify(JSON.stringify({ body: JSON.stringify({ token: 'hun"ter2' }) })), /hun|ter2/],
    [JSON.stringify({ body: '{"password":"hunter2' }).slice(0, -2), /hunter/],
    ['{"direct_hash":"direct.0123456789ab"}', /0123/],
    ['Invalid URL: https://user:hunter2@api.voipbin.net/v1.0', /hunter|user/],
    ['response = "0123456789abcdef0123456789abcdef"', /0123456789abcdef/],
  ])('takes the secret out of %s', (text, secret) => {
    expect(redactText(text)).not.toMatch(secret)
  })
  it.each(['secret', 'key', 'api_key', 'sig', 'signature', 'access_key', 'temp_token'])(
    'takes the value of %s out of the query of an address',
    (name) => {
      expect(redactText(`see https://x.example/hook?a=1&${name}=canary7 there`)).not.toContain('canary7')
    },
  )
  it('masks of a webhook’s address the whole query and a long end of the path, and keeps the rest', () => {
    const end = 'Canary7Canary7Canary7'
    const query = 'https://x.example/hook?mine=canary7&b=canary7'
    expect(redactAddress(query)).toBe('https://x.example/hook?mine=•••&b=•••')
    expect(redactAddress(`https://x.example/services/T1/${end}`)).toBe('https://x.example/services/T1/•••')
    expect(redactAddress('https://a-very-long-name.example.com')).toBe('https://a-very-long-name.example.com')
    expect(redactAddress('https://crm.example/voipbin/events')).toBe('https://crm.example/voipbin/events')
    const row = redact({ webhook_uri: query, data: { webhook_uri: `https://x.example/${end}` } })
    expect(JSON.stringify(row)).not.toMatch(/canary7/i)
  })
  it('leaves what stands beside a secret in quoted JSON', () => {
    const text = JSON.stringify({ body: JSON.stringify({ password: 'hunter2', name: 'Ada' }) })
    expect(JSON.parse(JSON.parse(redactText(text)).body)).toEqual({ password: '•••', name: 'Ada' })
  })
  it('masks fields with the name of a secret at any depth and keeps the rest', () => {
    const value = { a: [{ token: 'x', name: 'n' }], password: '', credential: null, deep: { ha1: 'y' } }
    expect(redact(value)).toEqual({
      a: [{ token: '•••', name: 'n' }],
      password: '',
      credential: null,
      deep: { ha1: '•••' },
    })
  })
  it('masks lists of secrets, and what lies too deep to be looked at', () => {
    let deep: unknown = { password: 'hunter2' }
    for (let i = 0; i < 20; i++) deep = { deep }
    expect(JSON.stringify(redact({ token: ['x1'], 'set-cookie': ['a=x2'], deep }))).not.toMatch(
      /x1|x2|hunter/,
    )
  })
  it('is done by the log itself', () => {
    const lines: string[] = []
    createLog((line) => lines.push(line)).warn('refused vb_abcdefgh123', { accessKey: 'vb_zzzzzzzzz' })
    expect(lines.join()).toContain('warn')
    expect(lines.join()).not.toMatch(/abcdefgh|zzzzzz/)
  })
})

it('a pair of ports copies what crosses it', async () => {
  const [one, other] = createPortPair()
  const got: unknown[] = []
  const stop = other.onMessage((message) => got.push(message))
  const sent = { n: 1 }
  one.send(sent)
  sent.n = 2
  await Promise.resolve()
  stop()
  one.send({ n: 3 })
  await Promise.resolve()
  expect(got).toEqual([{ n: 1 }])
})
