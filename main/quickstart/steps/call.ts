// The steps that bring the call about: place it, see it ring, see its events, answer it.
import { AppError } from '../../../common/kit/errors.ts'
import type { CallLink } from '../../../common/model/call.ts'
import type { Session } from '../../../common/model/phone.ts'
import type { Phrase } from '../../../common/words/placeholders.ts'
import { phrase, say } from '../../../common/words/say.ts'
import type { Context } from '../parts.ts'
import { liveSession, type StepRow, sessionOf } from '../step.ts'
import { duration, short } from '../words.ts'

/** Our own leg is usually known within a moment; contract G.2 reads again after 2 s. */
const patienceMs = 2_500
const lookAgainMs = 500

export const placeCall: StepRow = {
  id: 'placeCall',
  timeoutMs: 20_000,
  async run({ parts, run, scope }) {
    run.placedAt = Date.now()
    const { id } = await parts.placeTest()
    // Stopped while the platform was placing it: nobody else would end it.
    if (scope.ended) await parts.hangUpRequest(id)
    run.requestId = id
    const legs = parts.legs(id)
    if (legs.length === 0) throw new AppError('call.notPlaced', { detail: 'the answer names no call' })
    // One leg for each registered contact, stale ones included (contract C.4).
    const named = {
      n: legs.length,
      time: duration(Date.now() - run.placedAt),
      ids: legs.map(short).join(', '),
    }
    return legs.length > 1
      ? say(
          '{n, plural, one {# call id} other {# call ids}} after {time}: {ids}; every registered device of the extension rings.',
          named,
        )
      : say('{n, plural, one {# call id} other {# call ids}} after {time}: {ids}.', named)
  },
  late: () => new AppError('call.notPlaced', { detail: 'no answer in time' }),
}

export const ring: StepRow = {
  id: 'ring',
  timeoutMs: 20_000,
  async run(context) {
    const { parts, run, until, tell } = context
    if (run.requestId === undefined) throw new AppError('call.gone', { detail: 'no call of this run' })
    const { requestId } = run
    const found = await until(() => {
      const ours = findOurs(context, requestId) ?? findOneOfOurs(context, requestId)
      if (ours) return ours
      if (isOver(context, requestId)) return 'over'
      if (parts.phone().sessions.some(isRinging(context))) tell(say('It rings; matching it with the call.'))
      return undefined
    }, lookAgainMs)
    if (found === 'over') throw await parts.whyOver(requestId)
    const { session, link } = found
    run.sessionId = session.id
    const after = duration(session.startedAt - (run.placedAt ?? session.startedAt))
    if (!link)
      return say(
        'INVITE {after} after the request, {n, plural, one {its one leg} other {one of its # legs}}; the answer tells which.',
        { after, n: parts.legs(requestId).length },
      )
    run.callId = link.callId
    return say('INVITE {after} after the request, is call {id} by {key}.', {
      after,
      id: short(link.callId),
      key: keyWords[link.by],
    })
  },
  late(context) {
    const session = context.parts.phone().sessions.find(isRinging(context))
    if (!session) return context.parts.whySilent(context.run.requestId ?? '')
    const link = context.parts.state().links[session.id]
    return new AppError('call.notLinked', { detail: link?.status === 'unlinked' ? link.reason : undefined })
  },
}

const keyWords: Record<Linked['by'], Phrase> = {
  contact: phrase('our contact'),
  callIds: phrase('the id of our request'),
  answered: phrase('who answered'),
  callerAndTime: phrase('caller and time'),
}

type Linked = Extract<CallLink, { status: 'linked' }>

/** Only the call that was placed here is ever answered here. */
function findOurs({ parts }: Context, requestId: string): { session: Session; link: Linked } | undefined {
  const legs = parts.legs(requestId)
  const { links } = parts.state()
  for (const session of parts.phone().sessions) {
    const link = links[session.id]
    if (session.status === 'ended' || link?.status !== 'linked' || !legs.includes(link.callId)) continue
    return { session, link }
  }
  return undefined
}

/** Older releases do not show which device a leg rings: that our request rings here is enough to answer. */
function findOneOfOurs(
  { parts, run }: Context,
  requestId: string,
): { session: Session; link?: undefined } | undefined {
  const ringing = parts.phone().sessions.filter(isRinging({ run }))
  const [session, ...more] = ringing.filter(({ id }) => parts.state().links[id]?.status !== 'linked')
  if (!session || more.length > 0 || Date.now() - session.startedAt < patienceMs) return undefined
  return parts.isOfRequest(session.id, requestId) ? { session } : undefined
}

const isRinging =
  ({ run }: Pick<Context, 'run'>) =>
  (session: Session) =>
    session.direction === 'incoming' &&
    session.status === 'ringing' &&
    session.startedAt >= (run.placedAt ?? 0) - 2000

/** All legs have ended: nothing will ring any more. */
function isOver({ parts }: Context, requestId: string): boolean {
  const { calls } = parts.state()
  const legs = parts.legs(requestId).map((id) => calls[id])
  return legs.length > 0 && legs.every((call) => call?.status === 'hangup')
}

export const events: StepRow = {
  id: 'events',
  timeoutMs: 10_000,
  async run({ parts, run, until }) {
    const ids = () => (run.callId === undefined ? parts.legs(run.requestId ?? '') : [run.callId])
    if (ids().length === 0) throw new AppError('call.gone', { detail: 'no call of this run' })
    const { id, first } = await until(() => {
      for (const each of ids()) {
        const event = parts.firstEvent(each)
        if (event) return { id: each, first: event }
      }
      return undefined
    })
    const seen = { type: first.type, id: short(id), n: first.count }
    return run.placedAt === undefined
      ? say('{type} of call {id}; {n, plural, one {# event} other {# events}} so far.', seen)
      : say(
          '{type} of call {id} {after} after the request; {n, plural, one {# event} other {# events}} so far.',
          {
            ...seen,
            after: duration(first.at - run.placedAt),
          },
        )
  },
  late: () => new AppError('events.silent', { detail: 'no event about this call' }),
}

export const answer: StepRow = {
  id: 'answer',
  timeoutMs: 20_000,
  async run(context) {
    const { parts, run, until, tell, startedAt } = context
    const session = liveSession(context)
    if (session.status === 'ringing') await parts.answer(session.id)
    const media = await until(() => {
      const now = liveSession(context)
      if (now.status === 'established') run.answeredAt ??= now.answeredAt ?? Date.now()
      const { packetsSent = 0, packetsReceived = 0 } = now.media ?? {}
      if (now.status === 'established')
        tell(
          say('Answered; {sent} packets sent, {received} received.', {
            sent: packetsSent,
            received: packetsReceived,
          }),
        )
      const link = parts.state().links[now.id]
      if (link?.status === 'linked') run.callId = link.callId
      return packetsSent > 0 && packetsReceived > 0 && run.callId !== undefined ? now.media : undefined
    })
    const took = duration((run.answeredAt ?? Date.now()) - startedAt)
    const flow = { took, sent: media.packetsSent, received: media.packetsReceived }
    return media.codec
      ? say('Established in {took}; {sent} packets sent, {received} received, {codec}.', {
          ...flow,
          codec: media.codec,
        })
      : say('Established in {took}; {sent} packets sent, {received} received.', flow)
  },
  late(context) {
    const session = sessionOf(context)
    if (session?.status !== 'established')
      return new AppError('call.notAnswered', { detail: 'no answer in time' })
    const { packetsReceived: received = 0, packetsSent: sent = 0 } = session.media ?? {}
    if (received > 0 && sent > 0) return new AppError('call.notLinked')
    return new AppError(received === 0 ? 'media.noAudioIn' : 'media.noAudioOut', {
      detail: session.media?.ice,
    })
  },
}
