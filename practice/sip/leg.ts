// One call to a phone, from the INVITE to the BYE, with its audio.
import { randomUUID } from 'node:crypto'
import type {
  IncomingInviteRequest,
  IncomingResponse,
  OutgoingInviteRequest,
  Session,
} from 'sip.js/lib/core/index.js'
import { Grammar, URI } from 'sip.js/lib/grammar/index.js'
import { createScope } from '../../common/kit/scope.ts'
import type { InviteOptions, Leg, LegEnd, LegState, LineStrings } from '../line.ts'
import { createListeners } from '../media/listeners.ts'
import { createMediaLeg } from '../media/media-leg.ts'
import { toLegEnd } from './leg-end.ts'
import type { Stack } from './stack.ts'

/** How long a BYE or a CANCEL may stay unanswered before the call counts as over anyway. */
const GOODBYE_MS = 2_000

export interface LegParts {
  stack: Stack
  domain: string
  strings: LineStrings
  log(line: string): void
}

export interface LegInside extends Leg {
  /** The edge forgot everything: over at once, without a word to the phone. */
  drop(): void
}

export function createLeg(invite: InviteOptions, { stack, domain, strings, log }: LegParts): LegInside {
  const id = randomUUID()
  const sipCallId = randomUUID()
  const scope = createScope(`leg ${id}`)
  const changes = createListeners<LegState>()
  const media = createMediaLeg(strings)
  let state: LegState = { status: 'calling' }
  let request: OutgoingInviteRequest | undefined
  let session: Session | undefined
  /** Why we gave up before the answer; the phone's 487 then says nothing new. */
  let givenUp: LegEnd | undefined

  const change = (next: LegState) => {
    if (state.status === 'ended') return
    state = next
    log(`leg ${id.slice(0, 8)} ${next.status}${next.status === 'ended' ? ` (${next.why})` : ''}`)
    changes.tell(next)
    if (next.status !== 'ended') return
    changes.clear()
    void scope.end()
  }
  const end = (by: 'local' | 'remote', why: LegEnd, sipStatus?: number) =>
    change({ status: 'ended', at: Date.now(), by, why, ...(sipStatus === undefined ? {} : { sipStatus }) })

  scope.add(() => media.close())

  const onAccept = async (accepted: Session, response: IncomingResponse) => {
    session = accepted
    accepted.delegate = {
      onBye(bye) {
        bye.accept()
        end('remote', 'normal')
      },
      onInvite: (again) => void renegotiate(again),
      // Keys as INFO are allowed and ignored: the phone sends them as RTP.
      onInfo: (info) => void info.accept(),
      onNotify: (notify) => void notify.accept(),
      onMessage: (text) => void text.reject({ statusCode: 405 }),
      onRefer: (refer) => void refer.reject({ statusCode: 501, reasonPhrase: 'Transfer over the API' }),
    }
    // The phone answered while we were giving up: it is told the polite way.
    if (state.status === 'ended' || givenUp) {
      accepted.bye()
      return end('local', givenUp ?? 'canceled')
    }
    try {
      await media.accept(response.message.body)
      change({ status: 'answered', at: Date.now() })
    } catch (error) {
      log(`leg ${id.slice(0, 8)} answer refused: ${error instanceof Error ? error.message : String(error)}`)
      accepted.bye()
      end('local', 'failed', 200)
    }
  }

  const renegotiate = async (again: IncomingInviteRequest) => {
    try {
      const { body } = again.message
      const answer = body ? await media.renegotiate(body) : media.current()
      again.accept({ statusCode: 200, body: toBody(answer) })
    } catch (error) {
      log(
        `leg ${id.slice(0, 8)} re-INVITE refused: ${error instanceof Error ? error.message : String(error)}`,
      )
      again.reject({ statusCode: 488 })
    }
  }

  const send = async () => {
    const offer = await media.offer()
    if (state.status === 'ended') return
    request = stack.core.invite(toInvite(stack, domain, invite, sipCallId, offer), {
      onTrying: () => {},
      onProgress: () => {
        if (state.status === 'calling') change({ status: 'ringing', at: Date.now() })
      },
      onAccept: (response) => {
        response.ack()
        void onAccept(response.session, response)
      },
      onRedirect: ({ message }) => end('remote', 'failed', message.statusCode),
      onReject: ({ message }) => {
        const status = message.statusCode ?? 500
        if (givenUp) end('local', givenUp, status)
        else end('remote', toLegEnd(status), status)
      },
    })
    scope.after(invite.ringMs, () => giveUp('timeout'))
  }

  const giveUp = (why: LegEnd) => {
    if (state.status === 'ended' || state.status === 'answered' || givenUp) return
    givenUp = why
    if (!request) return end('local', why)
    request.cancel()
    // A phone that never answers at all gets the CANCEL when it wakes up; our side is over now.
    scope.after(GOODBYE_MS, () => end('local', why))
  }

  const over = () =>
    new Promise<void>((resolve) => {
      if (state.status === 'ended') return resolve()
      changes.add((next) => {
        if (next.status === 'ended') resolve()
      })
    })

  if (stack.reaches(invite.contact.uri)) {
    send().catch((error) => {
      log(`leg ${id.slice(0, 8)} could not call: ${error instanceof Error ? error.message : String(error)}`)
      end('local', 'failed')
    })
  } else queueMicrotask(() => end('local', 'unreachable'))

  return {
    id,
    sipCallId,
    get state() {
      return state
    },
    onChange: changes.add,
    play: media.play,
    onAudio: media.onAudio,
    onDtmf: media.onDtmf,
    async hangUp() {
      const done = over()
      if (state.status === 'answered' && session) {
        const goodbye = () => end('local', 'normal')
        session.bye({ onAccept: goodbye, onReject: goodbye, onRedirect: goodbye })
        scope.after(GOODBYE_MS, goodbye)
      } else giveUp('canceled')
      await done
    },
    drop() {
      request?.dispose()
      session?.dispose()
      end('local', 'failed')
    },
  }
}

function toInvite(stack: Stack, domain: string, invite: InviteOptions, callId: string, offer: string) {
  const target = toVerbatim(invite.contact.uri)
  // A user part may be a number, a name or nothing (anonymous).
  const from = new URI('sip', invite.from.user || 'anonymous', domain)
  const to = new URI('sip', invite.extension, domain)
  const options = { callId, fromDisplayName: quotable(invite.from.displayName) }
  const headers = [
    `Contact: ${stack.core.configuration.contact}`,
    'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO',
    // Reported as not stripped by the platform's edge (contract F.3).
    'VBOUT-SDP_Transport: UDP/TLS/RTP/SAVPF',
  ]
  return stack.core.makeOutgoingRequestMessage('INVITE', target, from, to, options, headers, toBody(offer))
}

/** A URI that is written as the phone wrote it, whatever is copied from it: the phone looks for its own words. */
function toVerbatim(written: string): URI {
  const uri = Grammar.URIParse(written) ?? new URI('sip', 'phone', 'phone.invalid')
  uri.toString = () => written
  uri.toRaw = () => written
  uri.clone = () => uri
  return uri
}

function toBody(sdp: string) {
  return { contentDisposition: 'session', contentType: 'application/sdp', content: sdp }
}

/** A display name is put between quotes as it is: what would end them or the line goes. */
function quotable(name: string): string {
  return name.replace(/["\\\r\n]/g, ' ').trim()
}
