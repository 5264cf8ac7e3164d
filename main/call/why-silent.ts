// Why a call that was placed does not ring here: the concrete reason, as far as its legs tell (contract I.16, I.17).
import { AppError } from '../../common/kit/errors.ts'
import type { Call } from '../../common/model/call.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { isContact, parseContact, sameTarget } from './compare.ts'

export interface Circumstances {
  /** Legs that are known by now. */
  legs: readonly Call[]
  placedAt: number
  registration: PhoneState['registration']
  /** The extension value of this machine. */
  extension: string | undefined
  now: number
}

/** Contract I.17 says two seconds; the news of it takes its time too. */
const atOnceMs = 4_000

/** No leg is left, none was answered, and it took no time. */
export function isEndedAtOnce({ legs, placedAt, now }: Circumstances): boolean {
  const over = legs.length > 0 && legs.every(({ status }) => status === 'hangup')
  return over && now - placedAt < atOnceMs && legs.every(isFailed)
}

/** Busy, declined or canceled is a person's doing. */
const isFailed = ({ hangupReason = '', progressingAt }: Call) =>
  progressingAt === undefined && ['', 'failed', 'dialout'].includes(hangupReason)

export function whyEndedAtOnce(circumstances: Circumstances): AppError {
  const registered = circumstances.registration.status === 'registered'
  const words = [reasonsOf(circumstances.legs), registered ? '' : 'this phone is not registered']
  return new AppError('call.endedAtOnce', { detail: words.filter(Boolean).join('; ') })
}

/** Nothing rings here: the most certain reason first. */
export function whySilent(circumstances: Circumstances): AppError {
  const { legs, registration, extension } = circumstances
  if (registration.status !== 'registered') return new AppError('sip.notRegistered')
  if (legs.some(({ status, progressingAt }) => status === 'progressing' || progressingAt !== undefined))
    return new AppError('call.elsewhere')
  const devices = legs.filter(({ destination }) => isDevice(destination.target))
  if (devices.length > 0 && !devices.some(({ destination }) => isContact(destination, registration.contact)))
    return new AppError('call.staleContact', { detail: devices.map(toDevice).join(', ') })
  const other = legs.find(({ destination }) => isOther(destination.targetName, extension))
  if (other)
    return new AppError('call.noInvite', {
      detail: `the platform called ${other.destination.targetName}, this phone is ${extension}`,
    })
  const over = legs.length > 0 && legs.every(({ status }) => status === 'hangup')
  return new AppError('call.noInvite', over ? { detail: `the call ended: ${reasonsOf(legs)}` } : {})
}

const isDevice = (target: string) => parseContact(target)?.host.endsWith('.invalid') === true
const toDevice = ({ destination }: Call) => parseContact(destination.target)?.user ?? ''

/** Upper and lower case count: the platform compares letter by letter. */
const isOther = (called: string, extension: string | undefined) =>
  called !== '' && extension !== undefined && (called !== extension || !sameTarget(called, extension))

function reasonsOf(legs: readonly Call[]): string {
  return [...new Set(legs.map(({ hangupReason }) => hangupReason || 'no reason given'))].join(', ')
}
