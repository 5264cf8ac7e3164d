// Places a call once: a lost answer is looked for and never sent again (contract B.5); a bare 500 gets its likely cause.
import { AppError, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import type { Call, Groupcall } from '../../common/model/call.ts'
import type { PlaceCall, Platform } from '../platform/platform.ts'
import { sameTarget } from './compare.ts'

/** Clocks agree to about a second; the call is younger than the request. */
const doubtMs = 2_000

export async function placeOnce(
  platform: Pick<Platform, 'calls' | 'clock'>,
  placing: PlaceCall,
  sleep: (ms: number) => Promise<void>,
): Promise<{ calls: Call[]; groupcalls: Groupcall[] }> {
  const placedAt = Date.now()
  try {
    return await platform.calls.place(placing)
  } catch (thrown) {
    if (!isUnanswered(toAppError(thrown))) throw thrown
    const calls = await findLost(platform, placing, placedAt, sleep)
    if (calls.length === 0) throw thrown
    return { calls, groupcalls: [] }
  }
}

/** The back end may be slower than the front server was patient: it is looked for again and again, before a person presses once more. */
const lookAfterMs = [0, 500, 1_500, 3_000]

async function findLost(
  platform: Pick<Platform, 'calls' | 'clock'>,
  placing: PlaceCall,
  placedAt: number,
  sleep: (ms: number) => Promise<void>,
): Promise<Call[]> {
  for (const ms of lookAfterMs) {
    if (ms > 0) await sleep(ms)
    const found = await look(platform, placing, placedAt)
    if (found.length > 0) return found
  }
  return []
}

async function look(
  { calls, clock }: Pick<Platform, 'calls' | 'clock'>,
  placing: PlaceCall,
  placedAt: number,
): Promise<Call[]> {
  const newest = await calls.list(20).catch(() => [])
  const since = placedAt - doubtMs + clock.aheadMs()
  return newest.filter(
    ({ createdAt = 0, source, destination, status }) =>
      createdAt >= since &&
      status !== 'hangup' &&
      sameTarget(source.target, placing.source.target) &&
      placing.destinations.some(({ targetName }) => sameTarget(destination.targetName, targetName)),
  )
}

/** Contract I.17: a 500 most often means that no phone is registered; a call without credit fails in several ways. */
export async function whyNotPlaced(
  thrown: unknown,
  parts: { platform: Pick<Platform, 'balance'>; isRegistered: boolean },
): Promise<AppError> {
  const error = toAppError(thrown)
  const { detail, requestId, status } = error
  if (error.code === 'account.balance') {
    const amount = await readAmount(parts.platform)
    return new AppError('account.balance', { detail: join(detail, amount), requestId, status, cause: error })
  }
  if (error.code !== 'call.notPlaced') return error
  if (!parts.isRegistered)
    return new AppError('sip.notRegistered', { detail, requestId, status, cause: error })
  return (await withoutBalance(parts.platform, detail)) ?? error
}

/** `account.balance` where there is none left; nothing where there is some, or nobody may know. */
export async function withoutBalance(
  platform: Pick<Platform, 'balance'>,
  detail?: string,
): Promise<AppError | undefined> {
  const balance = await platform.balance().catch(() => undefined)
  // A plan without a limit is not counted in credit.
  if (!balance || balance.credit > 0 || balance.plan === 'unlimited') return undefined
  return new AppError('account.balance', { detail: join(detail, toAmount(balance)) })
}

type Balance = NonNullable<Awaited<ReturnType<Platform['balance']>>>

/** Nothing for those who may not see it. */
async function readAmount(platform: Pick<Platform, 'balance'>): Promise<string | undefined> {
  const balance = await platform.balance().catch(() => undefined)
  return balance && toAmount(balance)
}

const toAmount = ({ credit, plan }: Balance) =>
  `balance ${credit.toFixed(2)} USD${plan ? `, plan ${plan}` : ''}`
const join = (...parts: Array<string | undefined>) => parts.filter(Boolean).join(' · ')
