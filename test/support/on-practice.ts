// What the tests of the platform's differences and symptoms stand on: the client, or the whole of main, on practice.
import { onTestFinished } from 'vitest'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import { createPortPair } from '../../common/kit/port.ts'
import { createScope } from '../../common/kit/scope.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { createPlatform } from '../../main/platform/create-platform.ts'
import { logIn } from '../../main/platform/customer.ts'
import type { Credential, Platform, PlatformEvent } from '../../main/platform/platform.ts'
import type { DialectName } from '../../practice/dialect.ts'
import type { PracticeOptions } from '../../practice/practice.ts'
import type { FakeLeg } from './fake-line.ts'
import { openFakePhone, registered, type Script } from './fake-phone.ts'
import { openMain } from './main-app.ts'
import { openTestPractice, type TestPractice } from './practice.ts'
import { createUntil } from './until.ts'

export const dialects = ['documented', 'deployed'] as const satisfies readonly DialectName[]

export type User = 'admin' | 'manager' | 'agent'

export interface OnPractice {
  practice: TestPractice
  /** With the access key. */
  platform: Platform
  rows: NewTraceRow[]
  as(user: User): Promise<Platform>
  with(credential: Credential): Platform
}

/** The platform client alone. */
export async function aPlatform(
  dialect: DialectName,
  options: Partial<PracticeOptions> = {},
): Promise<OnPractice> {
  const practice = await openTestPractice({ dialect, ...options })
  const rows: NewTraceRow[] = []
  const own = { apiUrl: practice.address.apiUrl, pins: [], trace: (row: NewTraceRow) => void rows.push(row) }
  const open = (credential: Credential) => createPlatform({ ...own, credential })
  return {
    practice,
    rows,
    platform: open({ kind: 'accessKey', accessKey: practice.address.accessKey }),
    with: open,
    async as(user) {
      const username = practice.logins[user]
      return open({ kind: 'token', token: await logIn({ ...own, username, password: username }) })
    },
  }
}

/** The error of something that must fail. */
export async function failure(work: Promise<unknown>): Promise<AppError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ error: toAppError(thrown) }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error(`did not fail: ${JSON.stringify(outcome.value)}`)
}

/** Bodies that the client sent to this path, newest last. */
export function sent(rows: readonly NewTraceRow[], method: string, path: string): unknown[] {
  return rows
    .filter((row) => row.title.startsWith(`${method} `) && row.title.includes(path))
    .map((row) => JSON.parse(/→ (\{[\s\S]*?\n\}|\{\})(?:\n|$)/.exec(row.body ?? '')?.[1] ?? 'null'))
}

/** A call to an extension with a registered phone, at the leg that rings. */
export async function aCall({ practice, platform }: Pick<OnPractice, 'practice' | 'platform'>): Promise<{
  id: string
  leg: FakeLeg
}> {
  const id = await practice.addPhone('desk1')
  const placed = await platform.calls.place({
    source: { type: 'tel', target: practice.number },
    destinations: [{ type: 'extension', target: id, targetName: 'desk1' }],
    actions: [
      { type: 'transcribe_start', option: { language: 'en-US', direction: 'both' } },
      { type: 'sleep', option: { duration: 60_000 } },
    ],
  })
  const leg = await practice.line.nextLeg()
  return { id: placed.calls[0]?.id ?? placed.groupcalls[0]?.callIds[0] ?? '', leg }
}

/** The same, answered. */
export async function aCallThatIsUp(on: Pick<OnPractice, 'practice' | 'platform'>) {
  const call = await aCall(on)
  call.leg.answer()
  await until(
    async () => (await on.platform.calls.get(call.id).catch(() => undefined))?.status === 'progressing',
  )
  return call
}

/** Generous: it is a fact that is waited for, on a machine that may be busy. */
const untilThere = createUntil(10, 15_000)

export async function until(fits: () => Promise<boolean> | boolean): Promise<void> {
  await untilThere('what never came', fits)
}

/** An event socket of the client with these topics, once they are taken. */
export async function hear(platform: Platform, topics: readonly string[]) {
  const scope = createScope('events')
  onTestFinished(() => scope.end())
  const events: PlatformEvent[] = []
  const unknown: string[] = []
  let duplicates = 0
  await new Promise<void>((resolve, reject) => {
    const connection = platform.openEvents(scope, {
      onOpen: () => connection.subscribe(topics),
      onPing: resolve,
      onEvent: (event) => void events.push(event),
      onDuplicate: () => void duplicates++,
      onUnknown: (why) => void unknown.push(why),
      onClose: ({ error }) => reject(new AppError(error.code, { detail: error.detail })),
    })
  })
  return { events, unknown, duplicates: () => duplicates }
}

/** The whole of main on practice, with a phone without a window. */
export async function aCompanion(dialect: DialectName, script: Script = {}) {
  const practice = await openTestPractice({ dialect })
  const { host, app, scope } = openMain(async () => practice.address)
  const [mainEnd, windowEnd] = createPortPair()
  app.attach(mainEnd)
  const phone = openFakePhone(scope, windowEnd, {
    async onStart(input, own) {
      const { user, host: contactHost } = own.contact
      practice.line.register(input.username, `sip:${user}@${contactHost};transport=ws`)
      await own.change({ registration: registered(own, input) })
    },
    ...script,
  })
  await phone.ready()
  const ask = app.handlers
  const state = () => app.store.getState()
  const signIn = async () => {
    await ask['account.signIn']({ by: 'stored' })
    await ask['extension.provision']({})
    await ask['subscription.open']({})
  }
  const ready = async () => {
    await signIn()
    await ask['phone.register']({})
  }
  /** A test call that rings at the phone and is matched. */
  const ring = async () => {
    await ask['call.placeTest']({})
    const leg = await practice.line.nextLeg()
    leg.ring()
    const sessionId = await phone.ring(leg.invite.from)
    await until(() => state().links[sessionId]?.status === 'linked')
    const link = state().links[sessionId]
    return { leg, sessionId, callId: link?.status === 'linked' ? link.callId : '' }
  }
  /** The same, answered on both sides. */
  const talk = async () => {
    const call = await ring()
    call.leg.answer()
    await phone.changeSession(call.sessionId, { status: 'established', answeredAt: Date.now() })
    await phone.media(call.sessionId, { packetsSent: 50, packetsReceived: 50 })
    await until(() => state().calls[call.callId]?.status === 'progressing')
    return call
  }
  const codes = () => state().notices.map(({ error }) => error.code)
  return { practice, host, app, phone, ask, state, signIn, ready, ring, talk, codes }
}

export type Companion = Awaited<ReturnType<typeof aCompanion>>
