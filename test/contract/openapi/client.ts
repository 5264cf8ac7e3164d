// Everything the client can send, each method once: a new one is a mistake of types here until it has its line.
import { createPlatform } from '../../../main/platform/create-platform.ts'
import { logIn } from '../../../main/platform/customer.ts'
import { isVoipbin } from '../../../main/platform/ping.ts'
import type { Credential, Platform } from '../../../main/platform/platform.ts'
import { createSignUpClient } from '../../../main/platform/sign-up.ts'
import type { DialectName } from '../../../practice/dialect.ts'
import { aCallThatIsUp, until } from '../../support/on-practice.ts'
import { openTestPractice } from '../../support/practice.ts'
import { openRecorder, type Recorded } from '../../support/recorder.ts'

/** The client through a recorder, with a call that is up and its sessions. */
async function aHouse(dialect: DialectName) {
  const practice = await openTestPractice({ dialect })
  const recorder = await openRecorder(practice.address.apiUrl)
  const own = { apiUrl: recorder.apiUrl, pins: [], trace: () => {} }
  const open = (credential: Credential) => createPlatform({ ...own, credential })
  const platform = open({ kind: 'accessKey', accessKey: practice.address.accessKey })
  const as = async (user: 'admin' | 'agent') => {
    const username = practice.logins[user]
    return open({ kind: 'token', token: await logIn({ ...own, username, password: username }) })
  }
  const { id: callId } = await aCallThatIsUp({ practice, platform })
  await until(async () => (await platform.transcribes.ofCall(callId)).length === 1)
  const [transcribe] = await platform.transcribes.ofCall(callId)
  await practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'hello' })
  const wish = { callId, language: 'en-US', provider: 'gcp', voiceId: 'v', direction: 'out' } as const
  const { id: speakingId } = await platform.speakings.create(wish)
  await until(async () => (await platform.speakings.get(speakingId)).status === 'active')
  return { practice, recorder, own, platform, as, callId, transcribeId: transcribe?.id ?? '', speakingId }
}
type House = Awaited<ReturnType<typeof aHouse>>

/** Every method that sends something. */
type Methods = {
  [K in Exclude<keyof Platform, 'apiUrl' | 'clock' | 'renew' | 'openEvents'>]: Platform[K] extends (
    ...args: never[]
  ) => unknown
    ? K
    : `${K}.${keyof Platform[K] & string}`
}[Exclude<keyof Platform, 'apiUrl' | 'clock' | 'renew' | 'openEvents'>]

const nobody = '11111111-1111-4111-8111-111111111111'
const ofExtension = { name: 'desk9', detail: 'A desk', password: 'secret' }

const uses: Record<Methods, (house: House) => Promise<unknown>> = {
  customer: ({ platform }) => platform.customer(),
  balance: ({ platform }) => platform.balance(),
  me: async ({ as }) => (await as('admin')).me(),
  'webhook.get': ({ platform }) => platform.webhook.get(),
  'webhook.set': ({ platform }) => platform.webhook.set({ method: 'POST', uri: 'https://example.com/hook' }),
  'extensions.list': ({ platform }) => platform.extensions.list(),
  'extensions.create': ({ platform }) =>
    platform.extensions.create({ extension: 'desk9', detail: 'A desk', password: 'secret' }),
  'extensions.get': async ({ platform }) => platform.extensions.get(await first(platform)),
  'extensions.update': async ({ platform }) => platform.extensions.update(await first(platform), ofExtension),
  'extensions.remove': async ({ platform }) => platform.extensions.remove(await first(platform)),
  'accessKeys.list': ({ platform }) => platform.accessKeys.list(),
  'accessKeys.create': ({ platform }) => platform.accessKeys.create({ name: 'mine', expireSeconds: 3_600 }),
  'accessKeys.remove': async ({ platform }) => {
    const { id } = await platform.accessKeys.create({ name: 'mine' })
    await platform.accessKeys.remove(id)
  },
  'numbers.list': ({ platform }) => platform.numbers.list(),
  'contacts.lookUp': ({ platform }) => platform.contacts.lookUp('+15550100042'),
  'calls.place': ({ platform, practice }) =>
    platform.calls.place({
      source: { type: 'tel', target: practice.number, targetName: 'Ada' },
      destinations: [{ type: 'extension', target: nobody, targetName: 'desk1' }],
      actions: [
        { type: 'transcribe_start', option: { language: 'en-US' } },
        { type: 'talk', option: { text: 'Hello', language: 'en-US' } },
        { type: 'sleep', option: { duration: 1_000 } },
      ],
    }),
  'calls.get': ({ platform, callId }) => platform.calls.get(callId),
  'calls.list': ({ platform }) => platform.calls.list(20),
  'groupcalls.get': ({ platform }) => platform.groupcalls.get(nobody),
  'groupcalls.list': ({ platform }) => platform.groupcalls.list(),
  'groupcalls.hangUp': ({ platform }) => platform.groupcalls.hangUp(nobody),
  'transcribes.ofCall': ({ platform, callId }) => platform.transcribes.ofCall(callId),
  'transcribes.get': ({ platform, transcribeId }) => platform.transcribes.get(transcribeId),
  'transcribes.start': ({ platform, callId }) =>
    platform.transcribes.start({ callId, language: 'de-DE', direction: 'both' }),
  'transcribes.stop': ({ platform, transcribeId }) => platform.transcribes.stop(transcribeId),
  'transcripts.list': ({ platform, transcribeId }) => platform.transcripts.list(transcribeId),
  'speakings.create': ({ platform, callId }) =>
    platform.speakings.create({ callId, language: 'en-US', direction: 'out' }),
  'speakings.get': ({ platform, speakingId }) => platform.speakings.get(speakingId),
  'speakings.list': ({ platform }) => platform.speakings.list(),
  'speakings.say': ({ platform, speakingId }) => platform.speakings.say(speakingId, 'Hello'),
  'speakings.flush': ({ platform, speakingId }) => platform.speakings.flush(speakingId),
  'speakings.stop': ({ platform, speakingId }) => platform.speakings.stop(speakingId),
  'speakings.remove': ({ platform, speakingId }) => platform.speakings.remove(speakingId),
  'calls.hangUp': ({ platform, callId }) => platform.calls.hangUp(callId),
}

const first = async (platform: Platform) => (await platform.extensions.list())[0]?.id ?? nobody

/** What a plain agent's client sends elsewhere, and what is sent by nobody yet. */
const others: Array<(house: House) => Promise<unknown>> = [
  async ({ as, callId, transcribeId }) => {
    const agent = await as('agent')
    await agent.customer()
    await agent.me()
    await agent.extensions.list()
    await agent.calls.list()
    await agent.transcribes.ofCall(callId)
    await agent.transcribes.start({ callId, language: 'fr-FR', direction: 'in' })
    await agent.transcripts.list(transcribeId)
  },
  async ({ own }) => {
    const client = createSignUpClient(() => own)
    await client.start({ email: 'ada@example.com', name: 'Ada' })
    await client.confirm({ tempToken: 'none', code: '123456' }).catch(() => {})
    await client.forgotPassword('ada@example.com')
  },
  ({ own }) => isVoipbin(own),
]

/** A refusal is an answer too. */
export async function useEverything(dialect: DialectName): Promise<Recorded[]> {
  const house = await aHouse(dialect)
  for (const use of [...Object.values(uses), ...others]) await use(house).catch(() => {})
  return house.recorder.all
}
