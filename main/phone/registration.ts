// Asks the phone in the window to register, and again whenever a new window takes over.
import { isSameStart } from '../../common/bridge/same-start.ts'
import type { PhoneCaller, PhoneStart } from '../../common/bridge/table.ts'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { PhoneState } from '../../common/model/phone.ts'

export interface PhoneRegistration {
  /** Resolves when the phone has taken over; the phone's state tells the rest. */
  register(): Promise<void>
  unregister(): Promise<void>
  /** A fresh window: registers again if it was wanted. */
  resume(): Promise<void>
  /** Settings that the phone registered with have changed. */
  renew(): Promise<void>
}

export interface RegistrationParts {
  phone(): Promise<PhoneCaller>
  state(): PhoneState
  /** What to register with; fails when there is no extension yet. Passwords leave main only here. */
  input(): Promise<PhoneStart>
  log: Log
}

export function createRegistration(parts: RegistrationParts): PhoneRegistration {
  /** What was asked for, as long as it is wanted. */
  let wanted: PhoneStart | undefined
  /** How often somebody wanted it no longer. */
  let ends = 0

  const start = async (input: PhoneStart) => {
    wanted = input
    await (await parts.phone())['phone.start'](input)
  }
  const again = async () => {
    if (!wanted) return
    try {
      const input = await parts.input()
      // Unregistered meanwhile: not wanted any more.
      if (wanted) await start(input)
    } catch (thrown) {
      parts.log.warn('could not register again', toAppError(thrown).code)
    }
  }

  return {
    async register() {
      const before = ends
      const input = await parts.input()
      // Signed out while the password was on its way: the phone must not come back to life.
      if (ends !== before) throw new AppError('app.stopped', { detail: 'unregistered meanwhile' })
      const { status } = parts.state().registration
      const same = wanted !== undefined && isSameStart(wanted, input)
      // It takes care of itself; a refused one is tried again on request.
      if (same && status !== 'offline' && status !== 'refused') return
      await start(input)
    },
    async unregister() {
      ends += 1
      if (!wanted) return
      wanted = undefined
      await (await parts.phone())['phone.stop']({})
    },
    resume: again,
    renew: again,
  }
}
