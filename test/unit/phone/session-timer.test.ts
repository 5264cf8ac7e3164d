// Session timers: who refreshes, when, what is said in which message, and when a call is given up.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import {
  askForLonger,
  createSessionTimer,
  type Headers,
  readSessionExpires,
  termsOfAnswer,
  termsToAnswer,
  toDeadlines,
} from '../../../renderer/phone/session-timer.ts'

const message = (headers: Record<string, string>): Headers => ({
  getHeader: (name) => headers[name],
  getHeaders: (name) => (headers[name] === undefined ? [] : [headers[name]]),
})

describe('an interval', () => {
  it.each([
    [{ 'session-expires': '1800' }, { seconds: 1800, refresher: undefined }],
    [{ 'session-expires': ' 90 ; refresher=UAC' }, { seconds: 90, refresher: 'uac' }],
    [{ x: '120;foo=bar;refresher="uas"' }, { seconds: 120, refresher: 'uas' }],
    [{ 'session-expires': '120;refresher=nobody' }, { seconds: 120, refresher: undefined }],
    [{ 'session-expires': '99999999999' }, undefined],
    [{ 'session-expires': 'soon' }, undefined],
    [{}, undefined],
  ])('is read from a message: case %#', (headers, found) => {
    expect(readSessionExpires(message(headers as unknown as Record<string, string>))).toEqual(found)
  })

  it.each([
    ['whoever called, when it is ours to say', { supported: 'timer' }, '', false],
    ['whoever was named', { supported: 'replaces, timer' }, ';refresher=uas', true],
    ['us, when the caller knows no timers and a proxy asked', {}, '', true],
    ['the caller, who asked for it', { k: 'timer' }, ';refresher=uac', false],
  ])('is refreshed by %s', (_who, headers, refresher, weRefresh) => {
    const request = message({ ...headers, 'session-expires': `120${refresher}` } as Record<string, string>)
    expect(termsToAnswer(request)).toEqual({ seconds: 120, weRefresh })
  })

  it('is refreshed by us, who asked, unless the answer says otherwise', () => {
    expect(termsOfAnswer(message({ 'session-expires': '120;refresher=uas' }))?.weRefresh).toBe(false)
    expect(termsOfAnswer(message({ 'session-expires': '120;refresher=uac' }))?.weRefresh).toBe(true)
    expect(termsOfAnswer(message({ 'session-expires': '120' }))?.weRefresh).toBe(true)
    expect(termsOfAnswer(message({}))).toBeUndefined()
  })

  it('that would have us send without end is not kept', () => {
    expect(
      termsToAnswer(message({ 'session-expires': '1;refresher=uas', supported: 'timer' })),
    ).toBeUndefined()
    expect(termsOfAnswer(message({ 'session-expires': '0' }))).toBeUndefined()
  })

  it('ends 32 s or a third before its end, and is refreshed at its half', () => {
    expect(toDeadlines({ seconds: 1800, weRefresh: true })).toEqual({ refreshMs: 900_000, endMs: 1_768_000 })
    expect(toDeadlines({ seconds: 90, weRefresh: false })).toEqual({ endMs: 60_000 })
    // A longer timer of the browser runs out at once.
    const longest = 2 ** 31 - 1
    expect(toDeadlines({ seconds: 9_999_999, weRefresh: true })).toEqual({
      refreshMs: longest,
      endMs: longest,
    })
  })
})

describe('a session timer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const setUp = () => {
    const happened: string[] = []
    const scope = createScope('session')
    const timer = createSessionTimer({
      scope,
      refresh: () => happened.push(`refresh ${Date.now() - began}`),
      expire: () => happened.push(`expire ${Date.now() - began}`),
    })
    const began = Date.now()
    return { happened, scope, timer }
  }

  it('has the caller refresh, and gives the call up when no refresh comes', () => {
    const { happened, timer } = setUp()
    const invite = message({ 'session-expires': '120', supported: 'timer' })
    expect(timer.answerHeaders(invite)).toEqual(['Require: timer', 'Session-Expires: 120;refresher=uac'])
    vi.advanceTimersByTime(80_000)
    timer.answerHeaders(invite)
    vi.advanceTimersByTime(87_000)
    expect(happened).toEqual([])
    vi.advanceTimersByTime(1000)
    expect(happened).toEqual(['expire 168000'])
  })

  it('refreshes at half the interval, again after each answer, and gives up when none comes', () => {
    const { happened, timer } = setUp()
    timer.heardAnswer(message({ 'session-expires': '100;refresher=uac' }))
    vi.advanceTimersByTime(50_000)
    expect(happened).toEqual(['refresh 50000'])
    expect(timer.askHeaders()).toEqual(['Session-Expires: 100;refresher=uac', 'Min-SE: 90'])
    timer.heardAnswer(message({ 'session-expires': '100;refresher=uac' }))
    vi.advanceTimersByTime(68_000)
    expect(happened).toEqual(['refresh 50000', 'refresh 100000', 'expire 118000'])
  })

  it('says in a re-INVITE for another reason that they go on refreshing', () => {
    const { timer } = setUp()
    expect(timer.askHeaders()).toEqual([])
    timer.answerHeaders(message({ 'session-expires': '120', supported: 'timer' }))
    expect(timer.askHeaders()[0]).toBe('Session-Expires: 120;refresher=uas')
  })

  it('stops when an answer names no interval, and with its call', async () => {
    const { happened, timer, scope } = setUp()
    timer.heardAnswer(message({ 'session-expires': '100' }))
    timer.heardAnswer(message({}))
    vi.advanceTimersByTime(200_000)
    timer.heardAnswer(message({ 'session-expires': '100' }))
    await scope.end()
    vi.advanceTimersByTime(200_000)
    expect(happened).toEqual([])
  })
})

describe('an interval that is too small', () => {
  const request = (extraHeaders: string[]) => {
    const headers: Record<string, string> = {}
    return {
      method: 'INVITE',
      extraHeaders,
      headers,
      setHeader(name: string, value: string) {
        headers[name] = value
      },
      getHeader: (name: string) => headers[name],
    }
  }

  it('is asked for again as long as it has to be, once', () => {
    const asked = request(['Session-Expires: 90;refresher=uac', 'Min-SE: 90', 'X-Other: 1'])
    expect(askForLonger(asked, message({ 'min-se': '300' }))).toBe(true)
    expect(asked.extraHeaders).toEqual(['X-Other: 1'])
    expect(asked.headers).toEqual({ 'session-expires': '300;refresher=uac', 'min-se': '300' })
    expect(askForLonger(asked, message({ 'min-se': '300' }))).toBe(false)
    expect(askForLonger(asked, message({ 'min-se': '600' }))).toBe(true)
    expect(asked.headers['session-expires']).toBe('600;refresher=uac')
  })

  it('stays a refusal when it was none of ours, or nothing longer is named', () => {
    expect(askForLonger(request([]), message({ 'min-se': '300' }))).toBe(false)
    expect(askForLonger(request(['Session-Expires: 90']), message({}))).toBe(false)
  })
})
