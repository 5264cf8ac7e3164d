// STUN and TURN servers as a snapshot: the list, whose password is kept, and what can be done with each.
import type { AppState } from '../../common/model/app-state.ts'
import type { IceServer, TurnLogin } from '../../common/model/settings.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'

export interface IceServerView {
  key: string
  urls: string
  username: string | undefined
  /** What is said of its password; nothing for a server without one. */
  password: 'kept' | 'missing' | undefined
  note: string | undefined
  /** Resolves true when it was kept; an empty one forgets. */
  keepPassword: ((password: string) => Promise<boolean>) | undefined
  remove: () => void
}

export interface IceServersView {
  servers: IceServerView[]
  /** Resolves true when it was added. */
  add: (server: IceServer, password: string) => Promise<boolean>
}

export function toIceServers({ settings, turnLogins }: AppState, actions: Actions): IceServersView {
  const { iceServers } = settings
  const keep = async (login: TurnLogin, password: string) =>
    (await actions.ask('settings.keepTurnPassword', { ...login, password })) === undefined
  return {
    servers: iceServers.map((server) => {
      const { urls, username } = server
      const login = toLogin(server)
      const isKept = login && turnLogins.some((one) => isSame(one, login))
      return {
        key: `${urls} ${username ?? ''}`,
        urls,
        username,
        password: login && (isKept ? 'kept' : 'missing'),
        note: toNote(server, isKept),
        keepPassword: login && ((password) => keep(login, password)),
        remove: () => actions.change({ iceServers: iceServers.filter((one) => one !== server) }),
      }
    }),
    async add(server, password) {
      const login = toLogin(server)
      // The password first: the phone then learns of both at once.
      if (login && password !== '' && !(await keep(login, password))) return false
      if (!iceServers.some((one) => isSame(one, server))) {
        actions.change({ iceServers: [...iceServers, server] })
      }
      return true
    },
  }
}

const isSame = (a: IceServer, b: IceServer) => a.urls === b.urls && a.username === b.username

function toLogin({ urls, username }: IceServer): TurnLogin | undefined {
  return username === undefined || urls.startsWith('stun:') ? undefined : { urls, username }
}

function toNote({ urls, username }: IceServer, isKept: boolean | undefined): string | undefined {
  if (urls.startsWith('stun:')) return undefined
  if (username === undefined) return say('not used: it needs a user name')
  return isKept
    ? say('{username}, password kept', { username })
    : say('{username}, not used: no password', { username })
}
