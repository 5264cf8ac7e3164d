// The local receiver of webhooks as Settings shows it, and the event stream beside it.
import { AppError, type ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { ReceiverSettings } from '../../common/model/webhook.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toAge, toTook } from './format.ts'

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

const reachWords: Record<ReceiverSettings['reach'], Phrase> = {
  thisMachine: phrase(
    '127.0.0.1 is this machine only: the practice platform reaches it, VoIPBIN on the internet does not. A tunnel or a public server that passes requests on to this port is yours to choose.',
  ),
  localNetwork: phrase(
    'VoIPBIN on the internet does not reach a local network either: a tunnel or a public server is yours to choose.',
  ),
}

export function toReceiver(app: AppState, actions: Actions, now: number): ReceiverView {
  const { receiver, settings } = app
  const start = () => void actions.tryAsk('receiver.start', {})
  const reach = receiver.status === 'listening' ? receiver.reach : settings.receiver.reach
  const view = {
    address: undefined,
    facts: [],
    reach: say(reachWords[reach]),
    warning:
      reach === 'localNetwork'
        ? say('Every machine of this network can send to it, without a password and without encryption.')
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
      label: say('Arrived'),
      value:
        lastAt === undefined
          ? say('nothing yet')
          : say('{n, plural, one {# event} other {# events}}, last {age}', {
              n: counts.events,
              age: toAge(now - lastAt),
            }),
    },
    ...(counts.again > 0
      ? [
          {
            label: say('Again'),
            value: say('{n, plural, one {# further try} other {# further tries}}, not applied twice', {
              n: counts.again,
            }),
          },
        ]
      : []),
    ...(counts.refused > 0
      ? [
          {
            label: say('Refused'),
            value: say('{n, plural, one {# request} other {# requests}}; the trace says why', {
              n: counts.refused,
            }),
          },
        ]
      : []),
    ...(counts.onlyHere > 0
      ? [
          {
            label: say('Only here'),
            value: say('{n, plural, one {# event} other {# events}} that the event stream did not tell', {
              n: counts.onlyHere,
            }),
          },
        ]
      : []),
    ...(behindSocket ? [{ label: say('Compared'), value: toCompared(behindSocket) }] : []),
  ]
  return { ...view, address: receiver.address, facts, stop: () => void actions.tryAsk('receiver.stop', {}) }
}

function toCompared({ count, medianMs }: { count: number; medianMs: number }): string {
  const took = toTook(Math.abs(medianMs))
  return medianMs < 0
    ? say(
        '{took} before the event stream, median of {n, plural, one {# event} other {# events}} that came both ways',
        { took, n: count },
      )
    : say(
        '{took} after the event stream, median of {n, plural, one {# event} other {# events}} that came both ways',
        { took, n: count },
      )
}

/** What is wrong with a port, in words, or nothing. */
export function checkPort(text: string): string | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? undefined
    : say('A number from 0 to 65535; 0 takes a free one')
}

/** Without the customer, who is the same in all of them. */
const toTopicName = (topic: string) => topic.split(':').slice(2).join(':') || topic

export interface EventsView {
  facts: Fact[]
  error: ErrorData | undefined
}

export function toEvents({ subscription }: AppState, now: number): EventsView {
  if (subscription.status === 'waiting' || subscription.status === 'refused')
    return { facts: [{ label: say('Stream'), value: say('not connected') }], error: subscription.error }
  if (subscription.status !== 'open')
    return {
      facts: [
        { label: say('Stream'), value: subscription.status === 'closed' ? say('closed') : say('connecting') },
      ],
      error: undefined,
    }
  const { delivery, silentSince, provenAt, events, duplicates, unknown, delay, refused = [] } = subscription
  const proof = {
    unproven: say('connected; no event of ours has proven it yet'),
    proven: say('delivered, proven {age}', { age: toAge(now - (provenAt ?? now)) }),
    silent: say('connected but silent, found {age}: read over REST instead', {
      age: toAge(now - (silentSince ?? now)),
    }),
  }
  return {
    facts: [
      { label: say('Stream'), value: proof[delivery] },
      {
        label: say('Heard'),
        value: say(
          '{n, plural, one {# event} other {# events}}; {repeated, plural, one {# repetition} other {# repetitions}} left out, {unknown, number} not understood',
          { n: events, repeated: duplicates, unknown },
        ),
      },
      ...(delay
        ? [
            {
              label: say('Delay'),
              value: say(
                '{median} median, {worst} at worst, of the last {n, plural, one {# event} other {# events}}',
                { median: toTook(delay.medianMs), worst: toTook(delay.worstMs), n: delay.count },
              ),
            },
          ]
        : []),
      ...(refused.length > 0
        ? [
            {
              label: say('Refused'),
              value: say('{topics}: left out, the rest goes on', {
                topics: refused.map(toTopicName).join(', '),
              }),
            },
          ]
        : []),
    ],
    error: delivery === 'silent' ? new AppError('events.silent').toData() : undefined,
  }
}
