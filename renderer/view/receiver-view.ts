// The local receiver of webhooks as Settings shows it, and the event stream beside it.
import { AppError, type ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { ReceiverSettings } from '../../common/model/webhook.ts'
import type { Actions } from './actions.ts'
import { toAge, toCount, toTook } from './format.ts'

interface Fact {
  label: string
  value: string
}

export interface ReceiverView {
  address: string | undefined
  facts: Fact[]
  /** Who can reach it, and who cannot. */
  reach: string
  warning: string | undefined
  error: ErrorData | undefined
  start: (() => void) | undefined
  stop: (() => void) | undefined
}

const reachWords: Record<ReceiverSettings['reach'], string> = {
  thisMachine:
    '127.0.0.1 is this machine only: the practice platform reaches it, VoIPBIN on the internet does not. A tunnel or a public server that passes requests on to this port is yours to choose.',
  localNetwork:
    'VoIPBIN on the internet does not reach a local network either: a tunnel or a public server is yours to choose.',
}

export function toReceiver(app: AppState, actions: Actions, now: number): ReceiverView {
  const { receiver, settings } = app
  const start = () => void actions.tryAsk('receiver.start', {})
  const reach = receiver.status === 'listening' ? receiver.reach : settings.receiver.reach
  const view = {
    address: undefined,
    facts: [],
    reach: reachWords[reach],
    warning:
      reach === 'localNetwork'
        ? 'Every machine of this network can send to it, without a password and without encryption.'
        : undefined,
    error: undefined,
    start: undefined,
    stop: undefined,
  }
  if (receiver.status === 'off') return { ...view, start }
  if (receiver.status === 'starting') return view
  if (receiver.status === 'failed') return { ...view, error: receiver.error, start }
  const { counts, behindSocket, lastAt } = receiver
  const facts: Fact[] = [
    {
      label: 'Arrived',
      value:
        lastAt === undefined
          ? 'nothing yet'
          : `${toCount(counts.events, 'event')}, last ${toAge(now - lastAt)}`,
    },
    ...(counts.again > 0
      ? [
          {
            label: 'Again',
            value: `${toCount(counts.again, 'further try', 'further tries')}, not applied twice`,
          },
        ]
      : []),
    ...(counts.refused > 0
      ? [{ label: 'Refused', value: `${toCount(counts.refused, 'request')}; the trace says why` }]
      : []),
    ...(counts.onlyHere > 0
      ? [
          {
            label: 'Only here',
            value: `${toCount(counts.onlyHere, 'event')} that the event stream did not tell`,
          },
        ]
      : []),
    ...(behindSocket ? [{ label: 'Compared', value: toCompared(behindSocket) }] : []),
  ]
  return { ...view, address: receiver.address, facts, stop: () => void actions.tryAsk('receiver.stop', {}) }
}

function toCompared({ count, medianMs }: { count: number; medianMs: number }): string {
  const words = medianMs < 0 ? `${toTook(-medianMs)} before` : `${toTook(medianMs)} after`
  return `${words} the event stream, median of ${toCount(count, 'event')} that came both ways`
}

/** What is wrong with a port, in words, or nothing. */
export function checkPort(text: string): string | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? undefined
    : 'A number from 0 to 65535; 0 takes a free one'
}

/** Without the customer, who is the same in all of them. */
const toTopicName = (topic: string) => topic.split(':').slice(2).join(':') || topic

export interface EventsView {
  facts: Fact[]
  error: ErrorData | undefined
}

export function toEvents({ subscription }: AppState, now: number): EventsView {
  if (subscription.status === 'waiting' || subscription.status === 'refused')
    return { facts: [{ label: 'Stream', value: 'not connected' }], error: subscription.error }
  if (subscription.status !== 'open')
    return {
      facts: [{ label: 'Stream', value: subscription.status === 'closed' ? 'closed' : 'connecting' }],
      error: undefined,
    }
  const { delivery, silentSince, provenAt, events, duplicates, unknown, delay, refused = [] } = subscription
  const proof = {
    unproven: 'connected; no event of ours has proven it yet',
    proven: `delivered, proven ${toAge(now - (provenAt ?? now))}`,
    silent: `connected but silent, found ${toAge(now - (silentSince ?? now))}: read over REST instead`,
  }
  return {
    facts: [
      { label: 'Stream', value: proof[delivery] },
      {
        label: 'Heard',
        value: `${toCount(events, 'event')}; ${toCount(duplicates, 'repetition')} left out, ${unknown.toLocaleString('en-GB')} not understood`,
      },
      ...(delay
        ? [
            {
              label: 'Delay',
              value: `${toTook(delay.medianMs)} median, ${toTook(delay.worstMs)} at worst, of the last ${toCount(delay.count, 'event')}`,
            },
          ]
        : []),
      ...(refused.length > 0
        ? [{ label: 'Refused', value: `${refused.map(toTopicName).join(', ')}: left out, the rest goes on` }]
        : []),
    ],
    error: delivery === 'silent' ? new AppError('events.silent').toData() : undefined,
  }
}
