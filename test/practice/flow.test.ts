// Flows: what a call does after its answer (contract D).
import { describe, expect, it } from 'vitest'
import { aCall, isLine, language, sleep, talk, transcribe } from '../support/practice-call.ts'

describe('a flow', () => {
  it('runs after the answer and hangs up after its last action', async () => {
    const { events, leg, id } = await aCall([{ type: 'answer' }, talk('one two three'), { type: 'beep' }])
    const over = await events.until((frame) => frame.id === id && frame.status === 'hangup')
    expect(over).toMatchObject({ hangup_by: 'local', hangup_reason: 'normal' })
    expect(leg.playedMs).toBeGreaterThan(0)
  })

  it('skips an action it cannot run or that fails', async () => {
    const failing = [
      { type: 'connect' },
      transcribe,
      transcribe,
      { type: 'recording_start' },
      { type: 'recording_start' },
    ]
    const { events, id } = await aCall([...failing, talk('still here')])
    const line = await events.until(isLine)
    expect(line.message).toBe('still here')
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
  })

  it('fills in variables', async () => {
    const set = { type: 'variable_set', option: { key: 'who', value: 'Ada' } }
    const named = (name: string) => `\${${name}}`
    const { events } = await aCall([transcribe, set, talk(`Hello ${named('who')}, not ${named('nobody')}.`)])
    expect((await events.until(isLine)).message).toBe('Hello Ada, not .')
  })

  it('collects digits and branches on them', async () => {
    const { events, leg } = await aCall([
      transcribe,
      { type: 'digits_receive', option: { duration: 60_000, length: 2, key: '#' } },
      { type: 'branch', option: { target_ids: { '42': 'right' } } },
      talk('wrong'),
      { type: 'hangup' },
      { id: 'right', ...talk('right') },
    ])
    await events.until((frame) => frame.action?.type === 'digits_receive')
    leg.dtmf('4')
    leg.dtmf('2')
    expect((await events.until(isLine)).message).toBe('right')
  })

  it('jumps back as often as it says', async () => {
    const { events, id } = await aCall([
      transcribe,
      { id: 'again', ...talk('again') },
      { type: 'goto', option: { target_id: 'again', loop_count: 2 } },
    ])
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
    const lines = new Set(events.frames.filter(isLine).map((frame) => frame.id))
    expect(lines.size).toBe(3)
  })

  it('echoes what the phone says', async () => {
    const { events, leg, id } = await aCall([{ type: 'echo', option: { duration: 400 } }])
    await events.until((frame) => frame.action?.type === 'echo')
    leg.speak(600)
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
    expect(leg.playedMs).toBeGreaterThan(0)
  })

  it('makes a summary that says that no AI was asked', async () => {
    const { practice, events } = await aCall([{ type: 'ai_summary', option: { language } }, sleep])
    await events.until((frame) => frame.action?.type === 'sleep')
    const { result } = (await practice.api.get('/v1.0/aisummaries')).json
    expect(result).toMatchObject([{ reference_type: 'call', status: 'done' }])
    expect(result[0].content).toContain('no AI')
  })
})
