// The profiles as a snapshot: which one is in use, what can be done with each, and why not now.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { ProfileName } from '../../common/model/profile.ts'
import type { Environment } from '../../common/model/settings.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { frontSession } from './sessions.ts'

export interface ProfilesView {
  now: { id: string; name: string }
  /** Nothing to switch between with one. */
  options: { value: string; label: string }[] | undefined
  use: ((id: string) => void) | undefined
  rename: (name: string) => void
  remove: (() => void) | undefined
  /** Resolves with what went wrong; nothing when it was made and is in use. */
  add: ((name: string, environment: Environment) => Promise<ErrorData | undefined>) | undefined
  /** Why neither of them can be done now. */
  blocked: string | undefined
}

export function toProfiles(app: AppState, phone: PhoneState, actions: Actions): ProfilesView {
  const { now: id, list } = app.profiles
  const name = list.find((profile) => profile.id === id)?.name ?? ''
  const several = list.length > 1
  const inCall = frontSession(phone) !== undefined
  const free = <T>(action: T): T | undefined => (inCall ? undefined : action)
  return {
    now: { id, name },
    options: several ? list.map((profile) => ({ value: profile.id, label: profile.name })) : undefined,
    use: free((next: string) => void actions.ask('profile.use', { id: next })),
    rename: (text) => void actions.ask('profile.rename', { id, name: text }),
    remove: several ? free(() => void actions.ask('profile.remove', { id })) : undefined,
    add: free((text: string, environment: Environment) =>
      actions.tryAsk('profile.add', { name: text, environment }),
    ),
    blocked: inCall
      ? say('A call is up: hang up to change the profile, so that it is not ended by it.')
      : undefined,
  }
}

/** What is wrong with a name, in words, or nothing. */
export function checkProfileName(text: string): string | undefined {
  const parsed = ProfileName.safeParse(text)
  const issue = parsed.success ? undefined : parsed.error.issues[0]?.message
  const message = issue && say(issue)
  return message && message.charAt(0).toUpperCase() + message.slice(1)
}
