// The sessions in the state: live ones and the last few that ended, oldest first. Pure.
import type { Session } from '../../common/model/phone.ts'

const keepEnded = 5

export function isLive(session: Session): boolean {
  return session.status !== 'ended'
}

export function addSession(sessions: readonly Session[], session: Session): Session[] {
  return dropOld([...sessions, session])
}

export function changeSession(sessions: readonly Session[], id: string, patch: Partial<Session>): Session[] {
  return dropOld(sessions.map((each) => (each.id === id ? { ...each, ...patch } : each)))
}

function dropOld(sessions: Session[]): Session[] {
  let surplus = sessions.filter((each) => !isLive(each)).length - keepEnded
  return sessions.filter((each) => isLive(each) || surplus-- <= 0)
}
