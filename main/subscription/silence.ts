// Finds a socket that is open but dead: REST shows what no event told for 5 s (contract I.21).
import type { Scope } from '../../common/kit/scope.ts'
import { type Call, callRank } from '../../common/model/call.ts'
import type { Subscription } from '../../common/model/subscription.ts'

export interface Silence {
  /** An event told this. */
  heard(call: Call): void
  /** REST shows this; `placedAt` when we placed it ourselves. Both epoch ms of this machine. */
  saw(call: Call, placedAt?: number): void
}

export interface SilenceParts {
  subscription(): Subscription
  /** The platform's clock minus ours. */
  serverAheadMs(): number
  onSilent(): void
}

const silentMs = 5_000
/** Around an opening nobody can say which side of it a change was on: the clocks agree to a second. */
const doubtMs = 1_000
const limit = 300

export function openSilence(scope: Scope, parts: SilenceParts): Silence {
  /** By call: the highest rank that an event told, and that is being waited for. */
  const told = new Map<string, number>()
  const awaited = new Map<string, number>()
  const isTold = (id: string, rank: number) => (told.get(id) ?? -1) >= rank

  const openSince = () => {
    const now = parts.subscription()
    return now.status === 'open' ? now.openedAt : undefined
  }
  /** A change before the socket was open was rightly not told: there is no replay. */
  const shouldBeTold = (call: Call, openedAt: number, placedAt: number | undefined) => {
    if (placedAt !== undefined && placedAt >= openedAt) return true
    const changedAt = call.updatedAt ?? call.createdAt
    return changedAt !== undefined && changedAt - parts.serverAheadMs() >= openedAt + doubtMs
  }
  return {
    heard(call) {
      keep(told, call.id, callRank[call.status])
    },
    saw(call, placedAt) {
      const rank = callRank[call.status]
      const openedAt = openSince()
      if (openedAt === undefined || isTold(call.id, rank) || (awaited.get(call.id) ?? -1) >= rank) return
      if (!shouldBeTold(call, openedAt, placedAt)) return
      keep(awaited, call.id, rank)
      scope.after(silentMs, () => {
        if (openSince() === openedAt && !isTold(call.id, rank)) parts.onSilent()
      })
    },
  }
}

function keep(ranks: Map<string, number>, id: string, rank: number): void {
  ranks.set(id, Math.max(rank, ranks.get(id) ?? -1))
  if (ranks.size > limit) ranks.delete(ranks.keys().next().value ?? '')
}
