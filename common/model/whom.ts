// Who is at the other end of a call: whoever the platform joined it with, else the caller or whom one called.
import type { AppState } from './app-state.ts'
import { type Caller, type People, toCaller } from './caller.ts'
import type { Session } from './phone.ts'

/** What of main's state tells it. */
export type WhomParts = Partial<Pick<AppState, 'links' | 'people' | 'bridged'>>

/** `joined`: the number that the platform called for this call; what the phone shows of it is an own number. */
export type Whom = Caller & { joined: string | undefined }

export function toWhom({ id, remote }: Pick<Session, 'id' | 'remote'>, app: WhomParts): Whom {
  const { links = {}, people = {}, bridged = {} } = app
  const link = links[id]
  const to = link?.status === 'linked' ? bridged[link.callId]?.to : undefined
  return to === undefined
    ? { ...toCaller(remote, people), joined: undefined }
    : { ...toCalled(to, people), joined: to }
}

function toCalled(user: string, people: People): Caller {
  const { name, shown } = people[user] ?? {}
  if (name) return { name, address: user, user, by: 'contact' }
  if (shown) return { name: shown, address: user, user, by: 'number' }
  return { name: user, address: '', user, by: 'nobody' }
}
