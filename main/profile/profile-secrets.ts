// The key store as one profile sees it: what one keeps, no other finds, and all of it can be forgotten at once.
import { z } from 'zod'
import type { Log } from '../../common/kit/log.ts'
import { firstProfileId } from '../../common/model/profile.ts'
import type { SecretStore } from '../host.ts'

export interface ProfileSecrets extends SecretStore {
  /** Everything that was kept under this profile, and what else it may have kept before there was a list of it. */
  forgetAll(profileId: string, more: readonly string[]): Promise<void>
}

interface Parts {
  secrets: SecretStore
  /** Id of the profile in use. */
  now(): string
  log: Log
}

/** Entries of the first profile keep the names they had before there were others, so they are found again. */
const toKey = (profileId: string, name: string) =>
  profileId === firstProfileId ? name : `${profileId}:${name}`

/** Key stores cannot be listed, so the names (no secret among them) have an entry of their own. */
const toListKey = (profileId: string) => `profile:${profileId}`

const Names = z.array(z.string())

export function createProfileSecrets({ secrets, now, log }: Parts): ProfileSecrets {
  let queue: Promise<unknown> = Promise.resolve()

  const readNames = async (profileId: string): Promise<string[]> => {
    const text = await secrets.get(toListKey(profileId))
    try {
      return Names.parse(JSON.parse(text ?? '[]'))
    } catch {
      return []
    }
  }
  /** One change after the other: two at once would lose one. A list that cannot be kept costs no secret. */
  const changeNames = (profileId: string, change: (names: string[]) => string[]) => {
    const run = async () => {
      const before = await readNames(profileId)
      const after = change(before)
      if (after.length === before.length) return
      if (after.length === 0) await secrets.delete(toListKey(profileId))
      else await secrets.set(toListKey(profileId), JSON.stringify(after))
    }
    queue = queue.then(run).catch((thrown: unknown) => log.warn('the list of kept names failed', thrown))
    return queue
  }

  return {
    get kept() {
      return secrets.kept
    },
    get: (name) => secrets.get(toKey(now(), name)),
    async set(name, secret) {
      const profileId = now()
      await secrets.set(toKey(profileId, name), secret)
      await changeNames(profileId, (names) => (names.includes(name) ? names : [...names, name]))
    },
    async delete(name) {
      const profileId = now()
      await secrets.delete(toKey(profileId, name))
      await changeNames(profileId, (names) => names.filter((each) => each !== name))
    },
    async forgetAll(profileId, more) {
      await queue
      const names = new Set([...(await readNames(profileId)), ...more])
      for (const name of names) await secrets.delete(toKey(profileId, name))
      await secrets.delete(toListKey(profileId))
    },
  }
}
