// A socket that is open but dead: the whole of main on practice, while every event is dropped (contract I.21).
import { describe, expect, it } from 'vitest'
import { aCompanion, type Companion, dialects, until } from '../../support/on-practice.ts'

const open = (companion: Companion) => {
  const { subscription } = companion.state()
  return subscription.status === 'open' ? subscription : undefined
}
const statusOf = ({ state }: Companion, callId: string) => state().calls[callId]?.status

describe.each(dialects)('events with the %s dialect', (dialect) => {
  it('[I.21] of a socket that is open but dead are missed: found, read over REST, and proven when they flow again', async () => {
    const companion = await aCompanion(dialect)
    await companion.ready()
    await companion.practice.pull({ pull: 'dropEvents', count: 1_000 })
    await companion.ask['call.placeTest']({})
    const leg = await companion.practice.line.nextLeg()
    leg.ring()
    await companion.phone.ring(leg.invite.from)
    await until(() => open(companion)?.delivery === 'silent')
    const { silentSince = 0 } = open(companion) ?? {}
    expect(silentSince).toBeGreaterThan(0)
    const [callId = ''] = Object.keys(companion.state().calls)
    leg.answer()
    // Nothing tells it, and it is seen all the same.
    await until(() => statusOf(companion, callId) === 'progressing')
    expect(open(companion)?.delivery).toBe('silent')
    await companion.practice.pull({ pull: 'letGo' })
    leg.bye()
    await until(() => open(companion)?.delivery === 'proven')
    expect(open(companion)?.silentSince).toBeUndefined()
  })
})
