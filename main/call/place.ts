// Places a call once: a lost answer is looked for and never sent again (contract B.5); a bare 500 gets its likely cause.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Call, Groupcall } from '../../common/model/call.ts'
import type { PlaceCall, Platform } from '../platform/platform.ts'
import { sameTarget } from './compare.ts'

/** Clocks agree to about a second; the call is younger than the request. */
const doubtMs = 2_000

export async function placeOnce(
  platform: Pick<Platform, 'calls' | 'clock'>,
  placing: PlaceCall,
): Promise<{ calls: Call[]; groupcalls: Groupcall[] }> {
  const placedAt = Date.now()
  try {
    return await platform.calls.place(placing)
  } catch (thrown) {
    if (!isUnanswered(toAppError(thrown))) throw thrown
    const calls = await findLost(platform, placing, placedAt)
    if (calls.length === 0) throw thrown
    return { calls, groupcalls: [] }
  }
}

/** The platform's back end carries on when the front server, or the network, has given up. */
function isUnanswered({ code }: AppError): boolean {
  return code === 'network.timeout' || code === 'network.unreachable' || code === 'platform.unavailable'
}

async function findLost(
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
  if (!balance || balance.credit > 0) return undefined
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
