// What a person at the phone does beyond answering and hanging up, and the session they look at.
import type { Session } from '../../../common/model/phone.ts'
import type { EdgePhone } from '../fixture/edge-phone.ts'

export interface Dialled {
  readonly id: string
  session(): Promise<Session>
  until<T>(what: string, look: (session: Session) => T): Promise<NonNullable<T>>
  hangUp(): Promise<void>
}

/** Resolves when the INVITE has left. */
export async function dial(phone: EdgePhone, target: string): Promise<Dialled> {
  const id = await phone.page.evaluate((to) => globalThis.bare.phone.dial(to), target)
  const until: Dialled['until'] = (what, look) => untilSession(phone, id, what, look)
  return {
    id,
    until,
    session: () => until('the session', (session) => session),
    hangUp: () => phone.ask('phone.hangUp', { sessionId: id }),
  }
}

export function untilSession<T>(
  phone: EdgePhone,
  id: string,
  what: string,
  look: (session: Session) => T,
): Promise<NonNullable<T>> {
  return phone.until(what, ({ sessions }) => {
    const session = sessions.find((each) => each.id === id)
    return session && look(session)
  })
}

/** Each resolves when the far end agreed. */
export const setHeld = ({ page }: EdgePhone, id: string, held: boolean) =>
  page.evaluate(([session, hold]) => globalThis.bare.phone.setHeld(session, hold), [id, held] as const)
export const swapTo = ({ page }: EdgePhone, id: string) =>
  page.evaluate((session) => globalThis.bare.phone.swapTo(session), id)

export const setMuted = ({ page }: EdgePhone, id: string, muted: boolean) =>
  page.evaluate(([session, mute]) => globalThis.bare.phone.setMuted(session, mute), [id, muted] as const)
export const sendDtmf = ({ page }: EdgePhone, id: string, tones: string) =>
  page.evaluate(([session, keys]) => globalThis.bare.phone.sendDtmf(session, keys), [id, tones] as const)

/** Resolves when the other side accepted to call the target. */
export const transfer = ({ page }: EdgePhone, id: string, target: string) =>
  page.evaluate(([session, to]) => globalThis.bare.phone.transfer(session, to), [id, target] as const)
/** The far ends of the two are to be connected with each other. */
export const transferTo = ({ page }: EdgePhone, id: string, otherId: string) =>
  page.evaluate(([one, other]) => globalThis.bare.phone.transferTo(one, other), [id, otherId] as const)
