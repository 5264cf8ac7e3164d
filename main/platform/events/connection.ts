// One connection of the event socket: opens, listens, notices silence, and says why it ended (contract E.1, E.2).
import WebSocket from 'ws'
import { AppError } from '../../../common/kit/errors.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import type { Credential, EventsConnection, EventsListener, PlatformOptions } from '../platform.ts'
import { createAgents } from '../tls.ts'
import { toErrno, toNetworkError, toStatusError } from '../translate.ts'
import { createDedupe, type Dedupe } from './dedupe.ts'
import { createFlood } from './flood.ts'
import { frameLimit, parseFrame } from './parse-frame.ts'
import { createSpeechPhases } from './speech-phases.ts'
import { toTitle } from './title.ts'

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
  dedupe: Dedupe = createDedupe(),
): EventsConnection {
  const life = scope.child('events')
  // As it was at the opening: a refusal of a renewed one says nothing of the present one.
  const { credential } = options
  const url = toUrl(options.apiUrl, credential)
  const socket = openSocket(options, credential, url, life)
  const trace: Trace = (row) => options.trace({ at: Date.now(), source: 'event', ...row })
  const finish = (kind: Why['kind'], error: AppError) => {
    if (life.ended) return
    void life.end()
    trace({ direction: 'none', title: 'event socket closed', result: error.code, tone: 'bad' })
    listener.onClose({ kind, error: error.toData() })
  }
  const subscribes = createSubscribes(socket, trace)

  socket.on('open', () => {
    if (life.ended) return
    trace({ direction: 'out', title: 'event socket open', body: url.host, tone: 'good' })
    listener.onOpen()
  })
  const receive = createReceiver(listener, trace, dedupe)
  const flood = createFlood((sinceAt) => listener.onFlood?.(sinceAt))
  life.add(flood.stop)
  socket.on('message', (data, isBinary) => {
    if (life.ended) return
    flood.frame()
    receive(data.toString(), isBinary)
  })
  watchSilence(socket, life, listener, finish)
  watchRefusal(socket, options, credential, finish)
  watchEnd({ socket, url, listener, finish, life, mayBeRefusal: subscribes.mayBeRefusal })
  return { subscribe: subscribes.send, close: () => void life.end() }
}

type Trace = (row: Omit<NewTraceRow, 'at' | 'source'>) => void
type Finish = (kind: Why['kind'], error: AppError) => void

function openSocket(options: PlatformOptions, credential: Credential, url: URL, life: Scope): WebSocket {
  const agents = createAgents(options)
  const socket = new WebSocket(url, {
    headers: credential.kind === 'token' ? { authorization: `Bearer ${credential.token}` } : {},
    agent: url.protocol === 'wss:' ? agents.https : agents.http,
    maxPayload: frameLimit,
    handshakeTimeout: openMs,
    perMessageDeflate: false,
  })
  life.add(() => {
    agents.close()
    if (socket.readyState === WebSocket.CLOSED) return
    const isOpen = socket.readyState === WebSocket.OPEN
    // Politely, but not for long; without a connection there is nothing to be polite to.
    if (isOpen) socket.close(1000)
    const timer = setTimeout(() => socket.terminate(), isOpen ? 1_000 : 0)
    socket.once('close', () => clearTimeout(timer))
  })
  return socket
}

/** Sends subscribes and knows whether one of them can still be refused. */
function createSubscribes(socket: WebSocket, trace: Trace) {
  let sent = 0
  let sentAt: number | undefined
  // Frames are handled in order: the answer to the ping behind the last subscribe says that none was refused.
  socket.on('pong', (data) => {
    if (data.toString() === String(sent)) sentAt = undefined
  })
  return {
    mayBeRefusal: () => sentAt !== undefined && Date.now() - sentAt <= refusalMs,
    send(topics: readonly string[]) {
      if (socket.readyState !== WebSocket.OPEN) return
      sentAt = Date.now()
      trace({ direction: 'out', title: `subscribe ${topics.length} topics`, body: topics.join('\n') })
      // A text frame: a binary one makes the server drop us (contract E.2).
      socket.send(JSON.stringify({ type: 'subscribe', topics }))
      socket.ping(String(++sent))
    },
  }
}

function watchSilence(socket: WebSocket, life: Scope, listener: EventsListener, finish: Finish): void {
  let forget = () => {}
  const listen = () => {
    forget()
    const detail = `no ping for ${silenceMs / 1000} s`
    forget = life.after(silenceMs, () => finish('lost', new AppError('events.lost', { detail })))
  }
  const isAlive = () => {
    if (life.ended) return
    listen()
    listener.onPing()
  }
  socket.on('open', listen)
  socket.on('ping', isAlive)
  socket.on('pong', isAlive)
}

/** An answer instead of the upgrade: the credential, or a server in trouble. */
function watchRefusal(
  socket: WebSocket,
  options: PlatformOptions,
  credential: Credential,
  finish: Finish,
): void {
  socket.on('unexpected-response', (request, response) => {
    readSome(response, (text) => {
      const status = response.statusCode ?? 0
      const header = response.headers['x-request-id']
      const requestId = typeof header === 'string' ? header : undefined
      const error = toStatusError({ status, text, requestId, credential: credential.kind, path: '/ws' })
      request.destroy()
      if (status === 401 && credential === options.credential) options.onUnauthenticated?.(error)
      finish(status === 401 || status === 403 ? 'refused' : 'lost', error)
    })
  })
}

interface Ending {
  socket: WebSocket
  url: URL
  life: Scope
  listener: EventsListener
  finish: Finish
  mayBeRefusal(): boolean
}

function watchEnd({ socket, url, life, listener, finish, mayBeRefusal }: Ending): void {
  let fault: AppError | undefined
  socket.on('error', (error) => {
    if (toErrno(error) === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' && !life.ended) {
      listener.onUnknown(`a frame of more than ${frameLimit} bytes`)
    }
    fault ??= toNetworkError(error, url.host)
  })
  socket.on('close', (code, reason) => {
    const detail = `closed with ${code} ${reason.toString().slice(0, 100)}`.trim()
    if (fault) finish('lost', fault)
    else if (code === 1006 && mayBeRefusal()) finish('refused', new AppError('events.refused'))
    else finish('lost', new AppError('events.lost', { detail }))
  })
}

/**
 * Frames → events: parsed, without repetitions, with phases of speech told apart, traced. Heard first and traced as it
 * came: the trace cleans when there is time, and a burst must not wait for that.
 */
function createReceiver(
  listener: EventsListener,
  trace: (row: Omit<NewTraceRow, 'at' | 'source'>) => void,
  dedupe: Dedupe,
): (text: string, isBinary: boolean) => void {
  const resolvePhase = createSpeechPhases()
  return (text, isBinary) => {
    const frame = isBinary ? { ok: false as const, why: 'a binary frame' } : parseFrame(text)
    if (!frame.ok) {
      trace({ direction: 'in', title: 'unknown frame', result: frame.why, body: text })
      listener.onUnknown(frame.why)
      return
    }
    if (!dedupe.isNew(frame.key)) {
      listener.onDuplicate()
      return
    }
    const event = frame.event.kind === 'speech' ? resolvePhase(frame.event) : frame.event
    const callId = event.kind === 'call' ? { callId: event.call.id } : {}
    trace({ direction: 'in', title: toTitle(event), body: text, ...callId })
    listener.onEvent(event)
  }
}

function toUrl(apiUrl: string, credential: Credential): URL {
  const url = new URL(`${apiUrl}/v1.0/ws`)
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
  if (credential.kind === 'accessKey') url.searchParams.set('accesskey', credential.accessKey)
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
