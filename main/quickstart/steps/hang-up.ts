// The last step: both sides agree that the call has ended, and nothing is left behind.
import { AppError } from '../../../common/kit/errors.ts'
import type { Phrase } from '../../../common/words/placeholders.ts'
import { phrase, say } from '../../../common/words/say.ts'
import { callIdOf, liveSession, type StepRow, sessionOf } from '../step.ts'
import { duration, short } from '../words.ts'

/** After this the platform is asked instead of waited for. */
const readAfterMs = 1_500

export const hangUp: StepRow = {
  id: 'hangUp',
  timeoutMs: 20_000,
  async run(context) {
    const { parts, scope, until, startedAt } = context
    const callId = callIdOf(context)
    await parts.hangUpSession(liveSession(context).id)
    scope.every(readAfterMs, () => void parts.readCall(callId).catch(() => {}))
    const { call, session } = await until(() => {
      const ours = sessionOf(context)
      const theirs = parts.state().calls[callId]
      const speaking = parts.state().speakings[callId]?.session.status ?? 'off'
      const cleaned = speaking === 'off' || speaking === 'stopped' || speaking === 'failed'
      const over = ours?.status === 'ended' && theirs?.status === 'hangup' && cleaned
      return over ? { session: ours, call: theirs } : undefined
    })
    return say(
      'Ended here ({outcome}) and on the platform ({reason}) after {time}; call {id} left nothing behind.',
      {
        outcome: outcomeWords[session.outcome ?? 'failed'] ?? phrase('failed'),
        reason: call.hangupReason || phrase('no reason given'),
        time: duration(Date.now() - startedAt),
        id: short(callId),
      },
    )
  },
  late(context) {
    const here = sessionOf(context)?.status === 'ended'
    return new AppError(here ? 'network.timeout' : 'sip.timeout', {
      detail: here ? 'the platform still shows the call' : 'no answer to BYE',
    })
  },
}

const outcomeWords: Record<string, Phrase> = {
  hungUpByUs: phrase('hung up by us'),
  hungUpByThem: phrase('hung up by them'),
  failed: phrase('failed'),
}
