// VoIPBIN behind one credential: puts the resources together.
import type { AppError } from '../../common/kit/errors.ts'
import { createAccessKeys } from './access-keys.ts'
import { createBalance } from './balance.ts'
import { createCalls, createGroupcalls } from './calls.ts'
import { isPlainAgent } from './claims.ts'
import { createContacts } from './contacts.ts'
import { createCustomer } from './customer.ts'
import { openEvents } from './events/connection.ts'
import { createDedupe } from './events/dedupe.ts'
import { createExtensions, createNumbers } from './extensions.ts'
import { createHttp } from './http.ts'
import type { Platform, PlatformOptions } from './platform.ts'
import { createServerClock } from './server-clock.ts'
import { createSpeakings } from './speakings.ts'
import { createTranscribes, createTranscripts } from './transcribes.ts'
import { createWebhook } from './webhook.ts'

export function createPlatform(options: PlatformOptions): Platform {
  const clock = createServerClock()
  let { credential } = options
  // Not spread: what may change has to be read anew.
  const live = {
    apiUrl: options.apiUrl,
    get credential() {
      return credential
    },
    get pins() {
      return options.pins
    },
    get authorities() {
      return options.authorities
    },
    proxyFor: options.proxyFor,
    trace: options.trace,
    onUnauthenticated: (error: AppError) => options.onUnauthenticated?.(error),
    onDate: (text: string) => clock.saw(Date.parse(text), Date.now()),
  }
  const http = createHttp(live)
  // Of all its connections: what is said again after a reconnect is a repetition too.
  const dedupe = createDedupe()
  const agentOnly = credential.kind === 'token' && isPlainAgent(credential.token)
  return {
    apiUrl: options.apiUrl,
    clock,
    renew(next) {
      credential = next
    },
    ...createCustomer(http, agentOnly),
    balance: createBalance(http, () => credential),
    accessKeys: createAccessKeys(http),
    extensions: createExtensions(http, agentOnly),
    webhook: createWebhook(http),
    numbers: createNumbers(http),
    contacts: createContacts(http, agentOnly),
    calls: createCalls(http, agentOnly),
    groupcalls: createGroupcalls(http),
    transcribes: createTranscribes(http, agentOnly),
    transcripts: createTranscripts(http, agentOnly),
    speakings: createSpeakings(http),
    openEvents: (scope, listener) => openEvents(live, scope, listener, dedupe),
  }
}
