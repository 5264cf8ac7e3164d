// The DevTools protocol over a pipe.
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type CdpEvent, openCdpPipe } from '../../../main/shells/chromium/cdp-pipe.ts'

function aPipe() {
  const commands = new PassThrough()
  const answers = new PassThrough()
  const cdp = openCdpPipe(commands, answers)
  const sent = () =>
    String(commands.read() ?? '')
      .split('\0')
      .filter(Boolean)
      .map((text) => JSON.parse(text))
  return { cdp, answers, sent, say: (message: object) => answers.write(`${JSON.stringify(message)}\0`) }
}

describe('the pipe', () => {
  it('matches answers with commands, in any order', async () => {
    const { cdp, say, sent } = aPipe()
    const first = cdp.send('A.one', { x: 1 }, 's1')
    const second = cdp.send('B.two')
    expect(sent()).toEqual([
      { id: 1, method: 'A.one', params: { x: 1 }, sessionId: 's1' },
      { id: 2, method: 'B.two', params: {} },
    ])
    say({ id: 2, result: { two: true } })
    say({ id: 1, result: { one: true } })
    expect(await Promise.all([first, second])).toEqual([{ one: true }, { two: true }])
  })

  it('puts messages together that arrive in pieces, also within a character', async () => {
    const { cdp, answers } = aPipe()
    const reply = cdp.send('A.one')
    const bytes = Buffer.from(`${JSON.stringify({ id: 1, result: { text: 'Grüße 🎧' } })}\0`)
    for (const byte of bytes) answers.write(Buffer.from([byte]))
    expect(await reply).toEqual({ text: 'Grüße 🎧' })
  })

  it('tells events to listeners until they stop', async () => {
    const { cdp, say } = aPipe()
    const events: CdpEvent[] = []
    const stop = cdp.onEvent((event) => events.push(event))
    say({ method: 'X.y', params: { z: 1 }, sessionId: 's' })
    await expect.poll(() => events.length).toBe(1)
    stop()
    say({ method: 'X.y' })
    const reply = cdp.send('A.one')
    say({ id: 1, result: {} })
    await reply
    expect(events).toEqual([{ method: 'X.y', params: { z: 1 }, sessionId: 's' }])
  })

  it('fails a refused command with its name and reason', async () => {
    const { cdp, say } = aPipe()
    const reply = cdp.send('Browser.setPermission')
    say({ id: 1, error: { message: 'Unknown permission' } })
    await expect(reply).rejects.toThrow('Browser.setPermission: Unknown permission')
  })

  it('fails what waits and what comes later when the browser is gone', async () => {
    const { cdp, answers } = aPipe()
    const reply = cdp.send('A.one')
    answers.end()
    await expect(reply).rejects.toThrow('the browser is gone')
    await cdp.closed
    await expect(cdp.send('A.two')).rejects.toThrow('the browser is gone')
  })
})
