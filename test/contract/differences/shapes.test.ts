// Contract H on the shapes of rows: fields that are there or not, and times in all their forms.
import { describe, expect, it } from 'vitest'
import { aCallThatIsUp, aPlatform, dialects, until } from '../../support/on-practice.ts'

const id = '0c1f4b1e-98d8-4f0e-8f9b-2f1f1a7d4c11'

describe.each(dialects)('%s', (dialect) => {
  it('H.21 a speaking is read with pod_id and empty times, and without them', async () => {
    const on = await aPlatform(dialect)
    const call = await aCallThatIsUp(on)
    const made = await on.platform.speakings.create({ callId: call.id, language: 'en-US', direction: 'out' })
    expect(made).toMatchObject({ referenceId: call.id })
    const raw = (await on.practice.api.get(`/v1.0/speakings/${made.id}`)).json
    expect('pod_id' in raw).toBe(dialect === 'documented')
    expect(raw.tm_delete).toBe(dialect === 'documented' ? '' : null)
    for (const more of [{ pod_id: 'p', tm_delete: '' }, {}, { tm_create: null, voice_id: '' }]) {
      const text = JSON.stringify({ id, reference_id: call.id, status: 'active', ...more })
      await on.practice.pull({ pull: 'answerWith', path: `/v1.0/speakings/${id}`, text })
      expect(await on.platform.speakings.get(id)).toEqual({ id, referenceId: call.id, status: 'active' })
    }
  })

  it('H.38 a time is a moment or nothing, in every form that is documented or sent', async () => {
    const on = await aPlatform(dialect)
    const call = await aCallThatIsUp(on)
    const row = await on.platform.calls.get(call.id)
    expect(row.createdAt).toBeGreaterThan(Date.now() - 60_000)
    expect(row.hangupAt).toBeUndefined()
    const at = Date.UTC(2026, 1, 3, 4, 5, 6, 789)
    const forms: Array<[unknown, number | undefined]> = [
      ['2026-02-03T04:05:06.789Z', at],
      ['2026-02-03T04:05:06.789123456Z', at],
      ['2026-02-03 04:05:06.789000', at],
      ['2026-02-03T05:05:06.789+01:00', at],
      ['9999-01-01 00:00:00.000000', undefined],
      ['', undefined],
      [null, undefined],
    ]
    for (const [tm_hangup, wanted] of forms) {
      const text = JSON.stringify({ id, status: 'hangup', tm_hangup })
      await on.practice.pull({ pull: 'answerWith', path: `/v1.0/calls/${id}`, text })
      expect((await on.platform.calls.get(id)).hangupAt).toBe(wanted)
    }
    await until(async () => (await on.platform.transcribes.ofCall(call.id)).length === 1)
    await on.practice.pull({ pull: 'transcript', callId: call.id, direction: 'in', message: 'hello' })
    const [session] = await on.platform.transcribes.ofCall(call.id)
    const [line] = await on.platform.transcripts.list(session?.id ?? '')
    expect(line?.offsetMs).toBeLessThan(60_000)
  })
})
