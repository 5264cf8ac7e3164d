// Passwords of TURN servers: in the key store, one entry a server and user name. The phone gets them, nobody else.
import type { PhoneStart } from '../../common/bridge/table.ts'
import type { Log } from '../../common/kit/log.ts'
import type { IceServer, TurnLogin } from '../../common/model/settings.ts'
import type { SecretStore } from '../host.ts'

export interface TurnPasswords {
  /** An empty password forgets. */
  keep(login: TurnLogin, password: string): Promise<void>
  /** The servers of the settings are others now: what belonged to removed ones is forgotten. */
  follow(before: readonly IceServer[], after: readonly IceServer[]): Promise<void>
  /** Reads again whose passwords are kept: another profile is in use. */
  look(): Promise<void>
  /**
   * As the phone can use them. TURN without user name or password is left out: a browser refuses the whole connection
   * for it, and so every call.
   */
  complete(servers: readonly IceServer[]): Promise<PhoneStart['iceServers']>
}

export interface TurnPasswordsParts {
  secrets: SecretStore
  log: Log
  servers(): readonly IceServer[]
  /** Which of the servers have one; never what it is. */
  set(kept: TurnLogin[]): void
}

/** Its entry in the key store. */
export const toTurnEntry = ({ urls, username }: TurnLogin) => `turn:${urls}:${username}`

export function createTurnPasswords(parts: TurnPasswordsParts): TurnPasswords {
  const { secrets, log } = parts

  const passwordOf = async (login: TurnLogin) => {
    try {
      return await secrets.get(toTurnEntry(login))
    } catch (thrown) {
      log.warn('the key store did not give a TURN password', thrown)
      return undefined
    }
  }
  const show = async () => {
    const kept: TurnLogin[] = []
    for (const login of toLogins(parts.servers())) {
      if ((await passwordOf(login)) !== undefined) kept.push(login)
    }
    parts.set(kept)
  }
  if (toLogins(parts.servers()).length > 0) void show()

  return {
    look: show,
    async keep(login, password) {
      if (password === '') await secrets.delete(toTurnEntry(login))
      else await secrets.set(toTurnEntry(login), password)
      await show()
    },
    async follow(before, after) {
      const still = new Set(toLogins(after).map(toTurnEntry))
      const gone = toLogins(before).filter((login) => !still.has(toTurnEntry(login)))
      for (const login of gone) await secrets.delete(toTurnEntry(login))
      await show()
    },
    async complete(servers) {
      const complete: PhoneStart['iceServers'] = []
      for (const server of servers) {
        const [login] = toLogins([server])
        const credential = login && (await passwordOf(login))
        if (credential !== undefined) complete.push({ ...server, credential })
        else if (server.urls.startsWith('stun:')) complete.push(server)
        else log.warn(`no password for ${server.urls}: calls go without it`)
      }
      return complete
    },
  }
}

/** Those of the servers that can have a password. */
export function toLogins(servers: readonly IceServer[]): TurnLogin[] {
  return servers.flatMap(({ urls, username }) =>
    username === undefined || urls.startsWith('stun:') ? [] : [{ urls, username }],
  )
}
