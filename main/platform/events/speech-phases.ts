// Bare speech events do not tell started from ended: they take turns, per transcribe and direction (contract E.4).
import type { PlatformEvent } from '../platform.ts'

type Speech = Extract<PlatformEvent, { kind: 'speech' }>

/** A start without its end is forgotten after 10 s. */
export function createSpeechPhases({ expiryMs = 10_000, now = Date.now } = {}): (event: Speech) => Speech {
  const speaking = new Map<string, number>()
  return (event) => {
    const key = `${event.transcribeId} ${event.direction}`
    const since = speaking.get(key)
    const isOpen = since !== undefined && now() - since <= expiryMs
    const phase = event.phase === 'unknown' ? (isOpen ? 'ended' : 'started') : event.phase
    if (phase === 'ended') speaking.delete(key)
    else speaking.set(key, now())
    return phase === event.phase ? event : { ...event, phase }
  }
}
