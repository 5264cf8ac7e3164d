// Everything practice can answer: each route with success, and the refusals of each kind.
import type { DialectName } from '../../../practice/dialect.ts'
import { until } from '../../support/on-practice.ts'
import { createApi, type Json, openTestPractice } from '../../support/practice.ts'
import { openRecorder, type Recorded } from '../../support/recorder.ts'

const nobody = '11111111-1111-4111-8111-111111111111'

const desk = { name: 'desk9', detail: 'A desk', extension: 'desk9', password: 'secret' }
const actions = [
  { type: 'transcribe_start', option: { language: 'en-US' } },
  { type: 'ai_summary' },
  { type: 'sleep', option: { duration: 60_000 } },
]
const v1 = (path: string) => `/v1.0${path}`

type Scene = Awaited<ReturnType<typeof openScene>>

/** A call that is up, and an API whose exchanges are recorded. */
async function openScene(dialect: DialectName) {
  const practice = await openTestPractice({ dialect })
  const { apiUrl, all } = await openRecorder(practice.address.apiUrl)
  const api = createApi(apiUrl, { query: `accesskey=${practice.address.accessKey}` })
  const { get, post, put, delete: remove } = api
  const phone = await practice.addPhone()
  const call = { source: { type: 'tel', target: practice.number } }
  const to = (target_name: string) => ({ ...call, destinations: [{ type: 'extension', target_name }] })
  const placed: Json = (await post(v1('/calls'), { ...to('desk1'), actions })).json
  const leg = await practice.line.nextLeg()
  leg.answer()
  const callId: string = placed.calls[0]?.id ?? placed.groupcalls[0].call_ids[0]
  await until(async () => (await practice.api.get(v1(`/calls/${callId}`))).json.status === 'progressing')
  await practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'hello' })
  const first = async (path: string): Promise<string> => (await get(v1(path))).json.result[0]?.id ?? nobody
  const transcribe = await first(`/transcribes?reference_type=call&reference_id=${callId}`)
  const again = { reference_type: 'call', reference_id: callId, language: 'en-US', direction: 'both' }
  const one = `/calls/${callId}`
  return {
    practice,
    apiUrl,
    all,
    get,
    post,
    put,
    remove,
    phone,
    call,
    to,
    callId,
    first,
    transcribe,
    again,
    one,
  }
}

export async function askEverything(dialect: DialectName): Promise<Recorded[]> {
  const scene = await openScene(dialect)
  for (const ask of [
    askCalls,
    askTranscribes,
    askSpeakings,
    askCustomer,
    askExtensions,
    askAgents,
    askAuth,
    askRefusals,
  ])
    await ask(scene)
  return scene.all
}

async function askCalls({ get, post, remove, first, callId, one }: Scene): Promise<void> {
  await get(v1('/calls?page_size=5'))
  await get(v1(one))
  for (const what of ['hold', 'moh', 'silence']) {
    await post(v1(`${one}/${what}`))
    await remove(v1(`${one}/${what}`))
  }
  await post(v1(`${one}/mute`), { direction: 'both' })
  await remove(v1(`${one}/mute`), { direction: 'both' })
  await post(v1(`${one}/talk`), { text: 'Hello', language: 'en-US', provider: 'gcp', voice_id: 'v' })
  const recording = { format: 'wav', end_of_silence: 0, end_of_key: '', duration: 0, on_end_flow_id: nobody }
  await post(v1(`${one}/recording_start`), recording)
  await post(v1(`${one}/recording_stop`))
  await get(v1(`/recordings/${await first('/recordings')}`))
  await get(v1(`/recordingfiles/${await first('/recordings')}`))
  await remove(v1(`/recordings/${await first('/recordings')}`))
  await get(v1(`/timelines${one}/sip-analysis`))
  await get(v1(`/timelines${one}/pcap`))
  await post(v1('/transfers'), {
    transfer_type: 'blind',
    transferer_call_id: callId,
    transferee_addresses: [{ type: 'extension', target_name: 'desk1' }],
  })
}

async function askTranscribes({ get, post, transcribe, again }: Scene): Promise<void> {
  await get(v1(`/transcripts?transcribe_id=${transcribe}`))
  await get(v1('/transcripts'))
  await get(v1('/transcribes?reference_type=call'))
  await post(v1('/transcribes'), again)
  await post(v1('/transcribes'), { ...again, language: 'de-DE' })
  await post(v1('/transcribes'), { ...again, reference_id: nobody })
  await post(v1('/transcribes'), { ...again, reference_type: 'dream' })
  await get(v1(`/transcribes/${transcribe}`))
}

async function askSpeakings({
  practice,
  get,
  post,
  remove,
  first,
  callId,
  transcribe,
}: Scene): Promise<void> {
  const voice = { reference_type: 'call', reference_id: callId, direction: 'out', provider: 'gcp' }
  const speaking = (await post(v1('/speakings'), voice)).json.id
  await until(async () => (await practice.api.get(v1(`/speakings/${speaking}`))).json.status === 'active')
  await post(v1('/speakings'), voice)
  await post(v1('/speakings'), { ...voice, reference_type: 'dream' })
  await post(v1('/speakings'), { ...voice, reference_id: nobody })
  await get(v1('/speakings'))
  await get(v1(`/speakings/${speaking}`))
  await post(v1(`/speakings/${speaking}/flush`))
  await post(v1(`/speakings/${speaking}/say`), { text: 'Hello' })
  await post(v1(`/speakings/${speaking}/say`), { text: '' })
  await post(v1(`/speakings/${speaking}/flush`))
  await post(v1(`/speakings/${speaking}/stop`))
  await post(v1(`/speakings/${speaking}/say`), { text: 'Hello' })
  await remove(v1(`/speakings/${speaking}`))
  await get(v1(`/speakings/${nobody}`))
  const summary = {
    reference_type: 'transcribe',
    reference_id: transcribe,
    language: 'en-US',
    on_end_flow_id: nobody,
  }
  await post(v1('/aisummaries'), summary)
  await get(v1(`/aisummaries/${await first('/aisummaries')}`))
  await remove(v1(`/aisummaries/${await first('/aisummaries')}`))
  await get(v1('/aicalls'))
  await get(v1('/aimessages'))
}

async function askCustomer({ practice, get, put, first }: Scene): Promise<void> {
  await get(v1('/customer'))
  const { name, detail, email, phone_number, address } = (await practice.api.get(v1('/customer'))).json
  const webhook = { webhook_method: 'POST', webhook_uri: 'https://example.com/hook' }
  await put(v1('/customer'), { name, detail, email, phone_number, address, ...webhook })
  for (const closed of [
    '/customers',
    `/customers/${nobody}`,
    '/billing_accounts',
    `/billing_accounts/${nobody}`,
  ])
    await get(v1(closed))
  await get(v1('/billing_account'))
  await get(v1('/me'))
  await get(v1('/numbers'))
  await get(v1(`/numbers/${await first('/numbers')}`))
  await get(v1('/contacts/lookup?phone=%2B15550100042'))
  await get(v1('/contacts/lookup?phone=%2B10'))
  await get(v1('/contacts/lookup'))
}

async function askExtensions({ get, post, put, remove, to }: Scene): Promise<void> {
  const key = (await post(v1('/accesskeys'), { name: 'k', detail: 'd', expire: 60 })).json.id
  await get(v1('/accesskeys'))
  await get(v1(`/accesskeys/${key}`))
  await put(v1(`/accesskeys/${key}`), { name: 'k2', detail: 'd' })
  await remove(v1(`/accesskeys/${key}`))
  const { id: extension } = (await post(v1('/extensions'), desk)).json
  await post(v1('/extensions'), desk)
  await get(v1('/extensions'))
  await get(v1(`/extensions/${extension}`))
  await put(v1(`/extensions/${extension}`), { name: 'n', detail: 'd', password: 'p' })
  await post(v1(`/extensions/${extension}/direct-hash-regenerate`))
  await remove(v1(`/extensions/${extension}`))
  await get(v1(`/extensions/${extension}`))
  const group = { ...to('desk1'), ring_method: 'ring_all', answer_method: 'hangup_others', actions }
  const made = (await post(v1('/groupcalls'), group)).json.id
  await get(v1('/groupcalls'))
  await get(v1(`/groupcalls/${made}`))
  await post(v1(`/groupcalls/${made}/hangup`))
  await remove(v1(`/groupcalls/${made}`))
}

async function askAgents({
  practice,
  apiUrl,
  get,
  post,
  phone,
  call,
  callId,
  again,
  transcribe,
}: Scene): Promise<void> {
  const name = practice.logins.agent
  const { json } = await createApi(apiUrl, {}).post('/auth/login', { username: name, password: name })
  const agent = createApi(apiUrl, { bearer: String(json.token) })
  for (const path of [
    '/me',
    '/customer',
    '/extensions',
    '/calls',
    '/transcribes',
    '/contacts',
    '/aicalls',
    '/aimessages',
  ])
    await agent.get(v1(`/service_agents${path}`))
  await agent.get(v1('/me'))
  await agent.get(v1('/customer'))
  const [own] = (await practice.as('agent').then((one) => one.get(v1('/service_agents/extensions')))).json
    .result
  await agent.get(v1(`/service_agents/extensions/${own?.id ?? phone}`))
  await practice.addPhone('desk', 1).catch(() => {})
  practice.line.register(own?.extension ?? 'desk')
  await post(v1('/calls'), { ...call, destinations: [{ type: 'extension', target: own?.id }], actions })
  const [ownCall] = (await agent.get(v1('/service_agents/calls'))).json.result
  await agent.get(v1(`/service_agents/calls/${ownCall?.id ?? callId}`))
  await agent.post(v1('/service_agents/transcribes'), { ...again, language: 'fr-FR' })
  await agent.get(v1(`/service_agents/transcripts?transcribe_id=${transcribe}`))
  await agent.get(v1('/service_agents/contacts/lookup?email=ada@example.com'))
  const [contact] = (await agent.get(v1('/service_agents/contacts'))).json.result
  await agent.get(v1(`/service_agents/contacts/${contact?.id}`))
  await agent.put(v1('/service_agents/me'), { name: 'n', detail: 'd', ring_method: 'ringall' })
  await agent.put(v1('/service_agents/me/status'), { status: 'away' })
  await agent.put(v1('/service_agents/me/password'), { password: 'x' })
  await get(v1('/service_agents/me'))
}

async function askAuth({ apiUrl }: Scene): Promise<void> {
  const nameless = createApi(apiUrl, {})
  await nameless.get(v1('/calls'))
  await nameless.post('/auth/login', { username: 'x', password: 'y' })
  const signedUp = await nameless.post('/auth/signup', { email: 'a@example.com', accepted_tos: true })
  await nameless.post('/auth/signup', { email: 'a@example.com', accepted_tos: true })
  const mail = String(signedUp.json.practice_mail)
  await nameless.post('/auth/complete-signup', {
    temp_token: signedUp.json.temp_token ?? '',
    code: /\b\d{6}\b/.exec(mail)?.[0] ?? '',
  })
  await nameless.post('/auth/email-verify', { token: /[0-9a-f]{64}/.exec(mail)?.[0] ?? '0'.repeat(64) })
  await nameless.post('/auth/password-forgot', { username: 'a@example.com' })
}

async function askRefusals({ practice, get, post, remove, call, to, one, transcribe }: Scene): Promise<void> {
  await post(v1('/calls'), { ...call, destinations: [{ type: 'tel', target: '+15550100099' }] })
  await post(v1('/calls'), to('desk404'))
  await post(v1('/calls'), { ...to('desk1'), actions: [{ type: 'nonsense' }] })
  await get(v1(`/calls/${nobody}`))
  await get(v1('/calls/not-an-id'))
  await practice.pull({ pull: 'balance', credit: 0 })
  await post(v1('/calls'), to('desk1'))
  await practice.pull({ pull: 'rateLimit', perSecond: 1, burst: 1 })
  for (let turn = 0; turn < 3; turn++) await get(v1('/calls'))
  await practice.pull({ pull: 'letGo' })
  await practice.pull({ pull: 'failRequest', path: '/v1.0/calls', status: 503 })
  await get(v1('/calls'))
  await post(v1(`${one}/hangup`))
  await post(v1(`/transcribes/${transcribe}/stop`))
  await remove(v1(`/transcribes/${transcribe}`))
  await remove(v1(one))
  await get(v1(one))
}
