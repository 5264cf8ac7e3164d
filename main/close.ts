// The end: hang up, unregister, stop speaking, close everything; together at most 5 s.
import type { PhoneCaller } from '../common/bridge/table.ts'
import type { Log } from '../common/kit/log.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { PhoneRegistration } from './phone/registration.ts'
import type { QuickstartRunner } from './quickstart/runner.ts'

export interface Closing {
  quickstart: QuickstartRunner
  mirror: PhoneMirror
  phone(): Promise<PhoneCaller>
  registration: PhoneRegistration
  /** Ends what lives with the sign-in: speaking sessions above all. */
  leave(): Promise<void> | undefined
  log: Log
}

const politeMs = 4_000
const allMs = 4_800

export async function closeDown(scope: Scope, closing: Closing): Promise<void> {
  const { log } = closing
  await Promise.race([
    politely(closing).catch((error) => log.warn('goodbye failed', error)),
    // Not a timer of the scope: it must outlive it.
    new Promise((resolve) => setTimeout(resolve, politeMs).unref()),
  ])
  await Promise.race([scope.end(), new Promise((resolve) => setTimeout(resolve, allMs - politeMs).unref())])
}

async function politely({ quickstart, mirror, phone, registration, leave }: Closing): Promise<void> {
  await quickstart.stop()
  const live = mirror.store.getState().sessions.filter(({ status }) => status !== 'ended')
  const { status } = mirror.store.getState().registration
  if (live.length > 0) {
    const caller = await phone()
    await Promise.allSettled(live.map(({ id }) => caller['phone.hangUp']({ sessionId: id })))
  }
  await Promise.allSettled([leave(), status === 'offline' ? undefined : registration.unregister()])
}
