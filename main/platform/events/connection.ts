// One connection of the event socket: opens, listens, notices silence, and says why it ended (contract E.1, E.2).
import WebSocket from 'ws'
import { AppError } from '../../../common/kit/errors.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import type { EventsConnection, EventsListener, PlatformEvent, PlatformOptions } from '../platform.ts'
import { createAgents } from '../tls.ts'
import { toSafeText } from '../trace-row.ts'
import { toErrno, toNetworkError, toStatusError } from '../translate.ts'
import { createDedupe } from './dedupe.ts'
import { frameLimit, parseFrame } from './parse-frame.ts'
import { createSpeechPhases } from './speech-phases.ts'

/** The server pings every 10 s; this long without one and the socket is dead (contract E.1). */
const silenceMs = 35_000
/** A socket closed without a close frame this soon after a subscribe means: topic refused (contract E.2). */
const refusalMs = 1_000
const openMs = 15_000

type Why = Parameters<EventsListener['onClose']>[0]

/** Runs until it is closed, lost, refused, or its scope ends; `onClose` comes once, and not for a close of our own. */
export function openEvents(
  options: PlatformOptions,
  scope: Scope,
  listener: EventsListener,
): EventsConnection {
  const life = scope.child('events')
  const agents = createAgents(options.pins)
  const url = toUrl(options)
  const socket = new WebSocket(url, {
    headers:
      options.credential.kind === 'token' ? { authorization: `Bearer ${options.credential.token}` } : {},
    agent: url.protocol === 'wss:' ? agents.https : agents.http,
    maxPayload: frameLimit,
    handshakeTimeout: openMs,
    perMessageDeflate: false,
  })
  const trace = (row: Omit<NewTraceRow, 'at' | 'source'>) =>
    options.trace({ at: Date.now(), source: 'event', ...row })
  let subscribedAt: number | undefined
  let fault: AppError | undefined

  const finish = (why: Why) => {
    if (life.ended) return
    void life.end()
    trace({ direction: 'none', title: 'event socket closed', result: why.error.code, tone: 'bad' })
    listener.onClose(why)
  }
  const lost = (detail: string) =>
    finish({ kind: 'lost', error: new AppError('events.lost', { detail }).toData() })

  life.add(() => {
    agents.close()
    // Without a connection there is nothing to close politely; ws then reports an error nobody waits for.
    if (socket.readyState === WebSocket.OPEN) socket.close(1000)
    const timer = setTimeout(() => socket.terminate(), socket.readyState === WebSocket.CONNECTING ? 0 : 1_000)
    socket.once('close', () => clearTimeout(timer))
  })

  let forget = () => {}
  const listenForSilence = () => {
    forget()
    forget = life.after(silenceMs, () => lost(`no ping for ${silenceMs / 1000} s`))
  }

  socket.on('open', () => {
    if (life.ended) return
    trace({ direction: 'out', title: 'event socket open', body: url.host, tone: 'good' })
    listenForSilence()
    listener.onOpen()
  })
  const isAlive = () => {
    if (life.ended) return
    listenForSilence()
    listener.onPing()
  }
  socket.on('ping', isAlive)
  socket.on('pong', () => {
    // What ends the socket from here on is no refusal.
    subscribedAt = undefined
    isAlive()
  })
  const receive = createReceiver(listener, trace)
  socket.on('message', (data, isBinary) => {
    if (!life.ended) receive(data.toString(), isBinary)
  })
  socket.on('unexpected-response', (request, response) => {
    readSome(response, (text) => {
      const status = response.statusCode ?? 0
      const requestId = response.headers['x-request-id']
      const error = toStatusError({
        status,
        text,
        requestId: typeof requestId === 'string' ? requestId : undefined,
        credential: options.credential.kind,
        path: '/ws',
      })
      request.destroy()
      const kind = status === 401 || status === 403 ? 'refused' : 'lost'
      if (status === 401) options.onUnauthenticated?.(error)
      finish({ kind, error: error.toData() })
    })
  })
  socket.on('error', (error) => {
    if (toErrno(error) === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
      if (!life.ended) listener.onUnknown(`a frame of more than ${frameLimit} bytes`)
    }
    fault ??= toNetworkError(error, url.host)
  })
  socket.on('close', (code, reason) => {
    const soon = subscribedAt !== undefined && Date.now() - subscribedAt <= refusalMs
    if (code === 1006 && soon && fault === undefined) {
      finish({ kind: 'refused', error: new AppError('events.refused').toData() })
    } else if (fault) finish({ kind: 'lost', error: fault.toData() })
    else lost(`closed with ${code} ${reason.toString().slice(0, 100)}`.trim())
  })

  return {
    subscribe(topics) {
      if (socket.readyState !== WebSocket.OPEN) return
      const text = JSON.stringify({ type: 'subscribe', topics })
      subscribedAt = Date.now()
      trace({ direction: 'out', title: `subscribe ${topics.length} topics`, body: topics.join('\n') })
      // A text frame: a binary one makes the server drop us (contract E.2).
      socket.send(text)
      // Frames are handled in order: the answer to this ping says that the subscribe before it was not refused.
      socket.ping()
    },
    close: () => void life.end(),
  }
}

/** Frames → events: traced, parsed, without repetitions, with phases of speech told apart. */
function createReceiver(
  listener: EventsListener,
  trace: (row: Omit<NewTraceRow, 'at' | 'source'>) => void,
): (text: string, isBinary: boolean) => void {
  const dedupe = createDedupe()
  const resolvePhase = createSpeechPhases()
  return (text, isBinary) => {
    const frame = isBinary ? { ok: false as const, why: 'a binary frame' } : parseFrame(text)
    if (!frame.ok) {
      trace({ direction: 'in', title: 'unknown frame', result: frame.why, body: toSafeText(text) })
      listener.onUnknown(frame.why)
      return
    }
    if (!dedupe.isNew(frame.key)) {
      listener.onDuplicate()
      return
    }
    const event = frame.event.kind === 'speech' ? resolvePhase(frame.event) : frame.event
    const callId = event.kind === 'call' ? { callId: event.call.id } : {}
    trace({ direction: 'in', title: toTitle(event), body: toSafeText(text), ...callId })
    listener.onEvent(event)
  }
}

function toTitle(event: PlatformEvent): string {
  return event.kind === 'speech' ? `transcribe_speech_${event.phase}` : event.type.slice(0, 300)
}

function toUrl(options: PlatformOptions): URL {
  const url = new URL(`${options.apiUrl}/v1.0/ws`)
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
  if (options.credential.kind === 'accessKey') url.searchParams.set('accesskey', options.credential.accessKey)
  return url
}

/** The first bytes of an answer; enough for an error envelope. */
function readSome(response: NodeJS.ReadableStream, done: (text: string) => void): void {
  let text = ''
  let isDone = false
  const finish = () => {
    if (isDone) return
    isDone = true
    done(text)
  }
  response.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    if (text.length > 16_384) finish()
  })
  response.on('end', finish)
  response.on('error', finish)
  response.on('close', finish)
}
