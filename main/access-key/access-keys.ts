// The customer's access keys: read, made and deleted. The token of a new one passes through to the person who asked.
import { AppError, type ErrorData, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import type { Slice } from '../../common/kit/slice.ts'
import { sleepReally } from '../../common/kit/wait.ts'
import type { AccessKey, AccessKeys } from '../../common/model/access-key.ts'
import type { SignedIn } from '../../common/model/account.ts'
import { may, toStanding } from '../../common/model/roles.ts'
import type { Platform, WireAccessKey } from '../platform/platform.ts'

export interface AccessKeysFeature {
  list(): Promise<void>
  /** Fails with `accessKey.lost` when it was made, but nobody will ever know its token. */
  create(input: NewKey): Promise<{ token: string }>
  /** Deleting the key in use ends the sign-in. */
  remove(id: string): Promise<void>
  /** Somebody else is here now. */
  leave(): void
}

export interface NewKey {
  name: string
  days?: number | undefined
  use: boolean
}

export interface AccessKeysParts {
  slice: Slice<AccessKeys>
  platform(): Platform
  signedIn(): SignedIn | undefined
  usesKey(prefix: string): boolean
  endKey(): Promise<void>
  learnExpiry(expiresAt: number): void
  /** Signs in with it in place, and keeps it. */
  signInWith(token: string): Promise<void>
  notice(error: ErrorData): void
  now?: () => number
  /** Wait between two looks after a creation that was not answered. */
  sleep?: (ms: number) => Promise<void>
}

const lookMs = [500, 1_500, 3_000]
const daySeconds = 86_400

export function createAccessKeysFeature(parts: AccessKeysParts): AccessKeysFeature {
  const { slice } = parts
  const now = parts.now ?? Date.now
  const sleep = parts.sleep ?? sleepReally
  /** Grows when somebody else signs in: an answer for the one before is dropped. */
  let generation = 0

  const known = () => {
    const state = slice.get()
    return state.status === 'unread' ? [] : state.keys
  }
  const toKey = (row: WireAccessKey): AccessKey => ({ ...row, inUse: parts.usesKey(row.prefix) })
  const show = (rows: WireAccessKey[]) => {
    const keys = rows.map(toKey)
    slice.set({ status: 'ready', keys, readAt: now() })
    // The key itself does not say it, so it is learnt here.
    const ends = keys.find(({ inUse }) => inUse)?.expiresAt
    if (ends !== undefined) parts.learnExpiry(ends)
  }

  /** Contract B.4: the platform would refuse anybody else, and this says it in words. */
  const platform = (): Platform => {
    const who = parts.signedIn()
    if (who && !may(who, 'accessKeys'))
      throw new AppError('account.notPermitted', {
        detail: `access keys are for administrators, not for ${toStanding(who)}s`,
      })
    return parts.platform()
  }

  async function list(): Promise<void> {
    const own = generation
    const keys = known()
    slice.set({ status: 'reading', keys })
    try {
      const rows = await platform().accessKeys.list()
      if (own === generation) show(rows)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (own === generation) slice.set({ status: 'failed', keys, error: error.toData() })
      throw error
    }
  }

  /** No answer does not mean that nothing was made (contract B.5): what is new in the list tells. */
  async function findLost(
    { accessKeys }: Pick<Platform, 'accessKeys'>,
    before: WireAccessKey[],
    name: string,
  ): Promise<WireAccessKey | undefined> {
    const own = generation
    const old = new Set(before.map(({ id }) => id))
    for (const waitMs of lookMs) {
      await sleep(waitMs)
      if (own !== generation) return undefined
      const rows = await accessKeys.list().catch(() => [])
      const made = rows.find((row) => !old.has(row.id) && row.name === name)
      if (made) {
        if (own === generation) show(rows)
        return made
      }
    }
    return undefined
  }

  return {
    list,
    async create({ name, days, use }) {
      const own = generation
      const { accessKeys } = platform()
      const before = await accessKeys.list()
      if (own !== generation) throw new AppError('app.stopped', { detail: 'signed out meanwhile' })
      let token: string
      try {
        const expireSeconds = days === undefined ? undefined : days * daySeconds
        token = (await accessKeys.create({ name, expireSeconds })).token
      } catch (thrown) {
        const error = toAppError(thrown)
        if (!isUnanswered(error)) throw error
        const made = await findLost({ accessKeys }, before, name)
        if (!made) throw error
        throw new AppError('accessKey.lost', { detail: `${made.name}, ${made.prefix}…`, cause: error })
      }
      // Whatever fails from here on, the token must reach the person: it is not shown again.
      // Somebody else is here, maybe on another server: this key must not be shown to it.
      if (own !== generation) return { token }
      if (use) await parts.signInWith(token).catch((thrown) => parts.notice(toAppError(thrown).toData()))
      if (own === generation) await list().catch(() => {})
      return { token }
    },
    async remove(id) {
      const own = generation
      const key = known().find((each) => each.id === id)
      await platform()
        .accessKeys.remove(id)
        .catch((thrown: unknown) => {
          if (toAppError(thrown).code !== 'platform.notFound') throw thrown
        })
      if (own !== generation) return
      if (key?.inUse) {
        slice.set({ status: 'unread' })
        await parts.endKey()
      } else await list()
    },
    leave() {
      generation++
      slice.set({ status: 'unread' })
    },
  }
}
