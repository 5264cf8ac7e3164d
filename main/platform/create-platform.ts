// VoIPBIN behind one credential: puts the resources together.
import { createCalls, createGroupcalls } from './calls.ts'
import { isPlainAgent } from './claims.ts'
import { createCustomer } from './customer.ts'
import { openEvents } from './events/connection.ts'
import { createExtensions, createNumbers } from './extensions.ts'
import { createHttp } from './http.ts'
import type { Platform, PlatformOptions } from './platform.ts'
import { createServerClock } from './server-clock.ts'
import { createSpeakings } from './speakings.ts'
import { createTranscribes, createTranscripts } from './transcribes.ts'

export function createPlatform(options: PlatformOptions): Platform {
  const clock = createServerClock()
  const http = createHttp({ ...options, onDate: (text) => clock.saw(Date.parse(text), Date.now()) })
  const agentOnly = options.credential.kind === 'token' && isPlainAgent(options.credential.token)
  return {
    apiUrl: options.apiUrl,
    clock,
    ...createCustomer(http, agentOnly),
    extensions: createExtensions(http, agentOnly),
    numbers: createNumbers(http),
    calls: createCalls(http, agentOnly),
    groupcalls: createGroupcalls(http),
    transcribes: createTranscribes(http, agentOnly),
    transcripts: createTranscripts(http, agentOnly),
    speakings: createSpeakings(http),
    openEvents: (scope, listener) => openEvents(options, scope, listener),
  }
}
