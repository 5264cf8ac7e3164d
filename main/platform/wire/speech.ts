// Transcribes, transcripts, speech events and speakings on the wire → what features see (contract C.5, C.6).
import { z } from 'zod'
import type { WireSpeaking, WireTranscribe, WireTranscript } from '../platform.ts'
import { OptionalOffset, OptionalTime } from './times.ts'
import { Id, OptionalId, Text } from './values.ts'

const Direction = z.enum(['in', 'out', 'both']).catch('both')

export const WireTranscribeRow = z
  .object({
    id: Id,
    reference_type: Text,
    reference_id: OptionalId,
    status: z.enum(['progressing', 'done', 'unknown']).catch('unknown'),
    language: Text,
  })
  .transform(
    (wire): WireTranscribe => ({
      id: wire.id,
      referenceType: wire.reference_type,
      referenceId: wire.reference_id ?? '',
      status: wire.status,
      language: wire.language,
    }),
  )

export const WireTranscriptRow = z
  .object({
    // Events in the seeds' form may have none.
    id: OptionalId,
    transcribe_id: Id,
    direction: Direction,
    message: Text,
    tm_transcript: OptionalOffset,
    tm_create: OptionalTime,
  })
  .transform(
    (wire): WireTranscript => ({
      id: wire.id ?? `${wire.transcribe_id}/${wire.direction}/${wire.tm_create ?? wire.message}`,
      ...(wire.id === undefined ? { unnamed: true } : {}),
      transcribeId: wire.transcribe_id,
      direction: wire.direction,
      text: wire.message,
      offsetMs: wire.tm_transcript,
      createdAt: wire.tm_create,
    }),
  )

export const WireSpeech = z
  .object({
    transcribe_id: Id,
    direction: Direction,
    message: Text,
    tm_event: OptionalTime,
    tm_create: OptionalTime,
  })
  .transform((wire) => ({
    transcribeId: wire.transcribe_id,
    direction: wire.direction,
    text: wire.message,
    at: wire.tm_event ?? wire.tm_create,
  }))

export const WireSpeakingRow = z
  .object({
    id: Id,
    reference_id: OptionalId,
    status: z.enum(['initiating', 'active', 'stopped', 'unknown']).catch('unknown'),
    tm_create: OptionalTime,
  })
  .transform(
    (wire): WireSpeaking => ({
      id: wire.id,
      referenceId: wire.reference_id ?? '',
      status: wire.status,
      createdAt: wire.tm_create,
    }),
  )
