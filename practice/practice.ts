// Read this first. The practice platform: a stand-in for VoIPBIN to learn and to develop against, on 127.0.0.1 only.
// State lives in `store/`, REST in `rest/`, events in `events/`, calls in `call/` and `flow/`; `dialect.ts` holds every
// difference between the platform as documented and as deployed, `strings.ts` everything that can be made to fail.
import { randomBytes } from 'node:crypto'
import { createLog, type Log } from '../common/kit/log.ts'
import { createScope } from '../common/kit/scope.ts'
import { type DialectName, dialects } from './dialect.ts'
import { createEvents } from './events/events.ts'
import { createWebhooks } from './events/webhooks.ts'
import { createFaults } from './faults.ts'
import { createTokens } from './http/jwt.ts'
import { createLimiter, platformRates, type RateLimits } from './http/rate-limit.ts'
import { openHttp } from './http/server.ts'
import type { Line, LineOptions, Recogniser, Voice, VoiceActivity } from './line.ts'
import { openLine } from './sip/line.ts'
import { type Seeded, seed } from './store/seed.ts'
import { createStore, type Store } from './store/store.ts'
import { pullString, type StringPull } from './strings.ts'
import { openRecogniser } from './voice/recogniser.ts'
import { openVoice } from './voice/voice.ts'
import { createVoiceActivity } from './voice/voice-activity.ts'
import { platformTimings, type Timings, type World } from './world.ts'

export interface PracticeOptions {
  dialect: DialectName
  /** Port 0, the default, takes a free one. */
  port?: number
  sipPort?: number
  timings?: Partial<Timings>
  rates?: Partial<RateLimits>
  log?: Log
  /** What stands in for SIP, media and speech where a test needs none. */
  parts?: Partial<PracticeParts>
}

export interface PracticeParts {
  openLine(options: LineOptions): Promise<Line>
  openVoice(): Promise<Voice>
  openRecogniser(): Promise<Recogniser>
  createVoiceActivity(): VoiceActivity
}

export interface Practice {
  readonly address: PracticeAddress
  readonly customerId: string
  readonly foreignCustomerId: string
  readonly foreignAccessKey: string
  /** User names; the password of each equals its name. */
  readonly logins: Seeded['logins']
  /** A number that calls may show. */
  readonly number: string
  readonly line: Line
  pull(wanted: StringPull): Promise<void>
  close(): Promise<void>
}

/** Where it is and what opens it; made up at each start. */
export interface PracticeAddress {
  apiUrl: string
  edgeUrl: string
  baseDomain: string
  accessKey: string
  voice: string
  recogniser: string
  dialect: DialectName
  controlToken: string
}

export const baseDomain = 'practice.localhost'

export async function openPractice(options: PracticeOptions): Promise<Practice> {
  const log = options.log ?? createLog(() => {}, 'error')
  const scope = createScope('practice', (error) => log.error('closing', error))
  try {
    const world = await openWorld(options, scope, log)
    const controlToken = randomBytes(18).toString('base64url')
    const http = await openHttp({ world, controlToken }, options.port ?? 0)
    scope.add(() => http.close())
    return toPractice(world, http.url, controlToken)
  } catch (error) {
    await scope.end()
    throw error
  }
}

async function openWorld(options: PracticeOptions, scope: World['scope'], log: Log): Promise<World> {
  const parts: PracticeParts = { openLine, openVoice, openRecogniser, createVoiceActivity, ...options.parts }
  const dialect = dialects[options.dialect]
  const timings = { ...platformTimings, ...options.timings }
  const store = createStore()
  const seeded = seed(store)
  const faults = createFaults()
  const [voice, recogniser] = await Promise.all([parts.openVoice(), parts.openRecogniser()])
  const domain = `${seeded.customer.id}.registrar.${baseDomain}`
  const line = await parts.openLine({
    port: options.sipPort ?? 0,
    domain,
    challenge: {
      status: dialect.challenge.status,
      realm: dialect.challenge.realm === 'base' ? baseDomain : domain,
    },
    isDomain: (domain) => store.customers.get(toCustomerId(domain)) !== undefined,
    password: (extension, domain) =>
      passwordOf(store, domain === undefined ? seeded.customer.id : toCustomerId(domain), extension),
    log: (text) => log.debug(text),
  })
  scope.add(() => line.close())
  const webhooks = createWebhooks({ dialect, timings, customerOf: store.customers.get, log })
  const events = createEvents({ dialect, faults, timings, webhooks, stamp: store.stamp })
  scope.add(() => events.close())
  scope.add(() => faults.clear())
  return {
    dialect,
    store,
    seeded,
    tokens: createTokens(),
    timings,
    limiter: createLimiter({ ...platformRates, ...options.rates }, dialect.tooMany),
    events,
    line,
    voice,
    recogniser,
    createVoiceActivity: parts.createVoiceActivity,
    faults,
    live: new Map(),
    speaking: new Map(),
    scope,
    log,
  }
}

/** `<customer id>.registrar.<base domain>` (contract F.1); nothing for any other host. */
function toCustomerId(domain: string): string {
  const tail = `.registrar.${baseDomain}`
  return domain.endsWith(tail) ? domain.slice(0, -tail.length) : ''
}

function passwordOf(store: Store, customerId: string, extension: string): string | undefined {
  const rows = store.extensions.all((row) => row.customer_id === customerId && row.extension === extension)
  return rows[0]?.password
}

function toPractice(world: World, apiUrl: string, controlToken: string): Practice {
  const { seeded } = world
  return {
    address: {
      apiUrl,
      edgeUrl: world.line.url,
      baseDomain,
      accessKey: seeded.accessKey,
      voice: world.voice.name,
      recogniser: world.recogniser.name,
      dialect: world.dialect.name,
      controlToken,
    },
    customerId: seeded.customer.id,
    foreignCustomerId: seeded.foreign.id,
    foreignAccessKey: seeded.foreignAccessKey,
    logins: seeded.logins,
    number: seeded.number,
    line: world.line,
    pull: (wanted) => pullString(world, wanted),
    close: () => world.scope.end(),
  }
}
