// Any frame of the event socket → our PlatformEvent, or why not. Never throws (contract E.4).
import type { z } from 'zod'
import type { PlatformEvent } from '../platform.ts'
import { parseJson } from '../translate.ts'
import { WireAiCall, WireAiMessage } from '../wire/ai.ts'
import { isGroupcall, WireCall, WireGroupcall } from '../wire/calls.ts'
import { WireSpeakingRow, WireSpeech, WireTranscribeRow, WireTranscriptRow } from '../wire/speech.ts'
import { parseTime } from '../wire/times.ts'

export type ParsedFrame =
  /** Equal keys are one event delivered twice. */
  { ok: true; event: PlatformEvent; key: string } | { ok: false; why: string }

/** Larger frames are not looked at. */
export const frameLimit = 1024 * 1024

type Fields = Record<string, unknown>

export function parseFrame(text: string): ParsedFrame {
  if (text.length > frameLimit) return { ok: false, why: `a frame of ${text.length} characters` }
  const json = parseJson(text)
  if (!isFields(json)) return { ok: false, why: json === undefined ? 'not JSON' : 'not an object' }
  const { type, data } = unwrap(json)
  const event = toEvent(type, data)
  if (!event) return { ok: false, why: `no known shape${type ? ` (${type.slice(0, 60)})` : ''}` }
  return { ok: true, event, key: toKey(event, type, data) }
}

/** Three envelopes: `{event_type, data}`, `{type, data}`, and the bare resource, which has no type of its own. */
function unwrap(json: Fields): { type: string; data: Fields } {
  const named = json.event_type ?? json.type
  if (typeof named === 'string' && isFields(json.data)) return { type: named, data: json.data }
  // A wrapped frame whose data is JSON in a text.
  if (typeof named === 'string' && typeof json.data === 'string') {
    const inner = parseJson(json.data)
    if (isFields(inner)) return { type: named, data: inner }
  }
  // Of the guides' envelope everything but the type may be missing (contract E.4): then the fields stand beside it.
  if (typeof json.event_type === 'string') return { type: json.event_type, data: withTopicsId(json) }
  return { type: '', data: json }
}

/** A frame that only says what happened to whom names the id in its topic. */
function withTopicsId(json: Fields): Fields {
  if (json.id !== undefined || typeof json.topic !== 'string') return json
  return { ...json, id: json.topic.split(':').at(-1) }
}

/** By its type where there is one; by its fields where not, or where the type is none we know. */
function toEvent(type: string, data: Fields): PlatformEvent | undefined {
  const kind = kindOfType(type) ?? kindOfFields(data)
  if (kind === undefined) return type === '' ? undefined : toOther(type, data)
  return builders[kind](type, data)
}

type Kind = PlatformEvent['kind']

const types: ReadonlyArray<[RegExp, Kind]> = [
  [/^call_/, 'call'],
  [/^groupcall_/, 'groupcall'],
  [/^transcribe_speech_/, 'speech'],
  [/^transcribe_/, 'transcribe'],
  [/^(transcript|transcription)_/, 'transcript'],
  [/^speaking_/, 'speaking'],
  [/^aicall_/, 'aiCall'],
  [/^aimessage_/, 'aiMessage'],
]

function kindOfType(type: string): Kind | undefined {
  return types.find(([pattern]) => pattern.test(type))?.[1]
}

const has = (data: Fields, ...names: string[]) => names.every((name) => data[name] !== undefined)
const isOneOf = (value: unknown, ...values: string[]) => typeof value === 'string' && values.includes(value)

/** The table of contract E.4, first match wins. */
const shapes: ReadonlyArray<[(data: Fields) => boolean, Kind]> = [
  [(d) => has(d, 'streaming_id', 'transcribe_id'), 'speech'],
  [(d) => has(d, 'transcribe_id', 'message'), 'transcript'],
  [(d) => has(d, 'aicall_id', 'role'), 'aiMessage'],
  [(d) => has(d, 'assistance_type') || has(d, 'confbridge_id', 'ai_engine_model'), 'aiCall'],
  [isGroupcall, 'groupcall'],
  [(d) => isOneOf(d.direction, 'incoming', 'outgoing') && has(d, 'source', 'destination'), 'call'],
  // Speakings have a provider too; their statuses keep them apart.
  [
    (d) => has(d, 'reference_type', 'provider') && isOneOf(d.status, 'initiating', 'active', 'stopped'),
    'speaking',
  ],
  [(d) => has(d, 'reference_type', 'provider') && isOneOf(d.status, 'progressing', 'done'), 'transcribe'],
  [(d) => has(d, 'reference_type', 'format'), 'other'],
  [(d) => has(d, 'reference_type', 'reference_id') && (has(d, 'content') || has(d, 'language')), 'other'],
  [(d) => has(d, 'current_action'), 'other'],
]

function kindOfFields(data: Fields): Kind | undefined {
  return shapes.find(([test]) => test(data))?.[1]
}

const builders: Record<Kind, (type: string, data: Fields) => PlatformEvent | undefined> = {
  call: (type, data) =>
    read(WireCall, data, (call) => ({ kind: 'call', type: type || infer('call', call.status, data), call })),
  groupcall: (type, data) =>
    read(WireGroupcall, data, (groupcall) => ({
      kind: 'groupcall',
      type: type || infer('groupcall', groupcall.status, data),
      groupcall,
    })),
  transcribe: (type, data) =>
    read(WireTranscribeRow, data, (transcribe) => ({
      kind: 'transcribe',
      type: type || infer('transcribe', transcribe.status, data),
      transcribe,
    })),
  transcript: (type, data) =>
    read(WireTranscriptRow, data, (transcript) => ({
      kind: 'transcript',
      type: type || infer('transcript', 'created', data),
      transcript,
    })),
  speech: (type, data) =>
    read(WireSpeech, data, (speech) => ({ kind: 'speech', phase: toPhase(type, speech.text), ...speech })),
  speaking: (type, data) =>
    read(WireSpeakingRow, data, (speaking) => ({
      kind: 'speaking',
      type: type || infer('speaking', speaking.status, data),
      speaking,
    })),
  aiCall: (type, data) =>
    read(WireAiCall, data, (aiCall) => ({
      kind: 'aiCall',
      type: type || infer('aicall_status', aiCall.status, data),
      aiCall,
    })),
  aiMessage: (type, data) =>
    read(WireAiMessage, data, (message) => ({
      kind: 'aiMessage',
      type: type || infer('aimessage', 'created', data),
      message,
    })),
  other: toOther,
}

function read<T>(
  schema: z.ZodType<T>,
  data: Fields,
  build: (parsed: T) => PlatformEvent,
): PlatformEvent | undefined {
  const parsed = schema.safeParse(data)
  return parsed.success ? build(parsed.data) : undefined
}

/** A bare resource says by its state what happened to it; a real `tm_delete` says it was deleted. */
function infer(resource: string, status: string, data: Fields): string {
  return `${resource}_${parseTime(data.tm_delete) === undefined ? status : 'deleted'}`
}

/** Bare speech events tell interim text only; started and ended look the same (contract E.4). */
function toPhase(type: string, text: string): 'started' | 'interim' | 'ended' | 'unknown' {
  const named = /^transcribe_speech_(started|interim|ended)$/.exec(type)?.[1]
  if (named === 'started' || named === 'interim' || named === 'ended') return named
  return text === '' ? 'unknown' : 'interim'
}

function toOther(type: string, data: Fields): PlatformEvent | undefined {
  return typeof data.id === 'string' && data.id !== ''
    ? { kind: 'other', type: type || 'unnamed', id: data.id }
    : undefined
}

/** Contract E.3: kind, id, tm_update or tm_event, status or message; the type where one was sent. */
function toKey(event: PlatformEvent, type: string, data: Fields): string {
  const time = data.tm_update ?? data.tm_event ?? data.tm_create
  const said = data.status ?? data.message
  const more = [data.transcribe_id, data.direction, data.sequence]
  return JSON.stringify([event.kind, type, data.id, time, said, ...more])
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
