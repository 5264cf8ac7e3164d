// What practice answers against the published API description: the referee that shares no code with either side.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { routes } from '../../practice/rest/routes.ts'
import { type Json, openTestPractice } from '../support/practice.ts'

const file = path.resolve(import.meta.dirname, '../../../shared/voipbin-openapi.json')
const there = existsSync(file)
if (!there) console.warn(`SKIPPED: the published API description is not at ${file}`)
const published: Json = there ? JSON.parse(readFileSync(file, 'utf8')) : undefined

/** Optional in the description and not shown by practice. */
const optional: Record<string, string[]> = {
  AgentManagerAgent: ['direct_hash'],
  CustomerManagerAccesskey: ['token'],
  // Empty texts of a speaking are left out.
  TtsManagerSpeaking: ['voice_id'],
}
/** Shown by the platform's code, but not described. */
const undescribed: Record<string, string[]> = { CustomerManagerCustomer: ['webhook_secret'] }

/** Everything about a value that the description does not allow. */
function complaints(name: string, value: Json, schema: Json = published.components.schemas[name]): string[] {
  if (schema.$ref) return complaints(schema.$ref.split('/').pop(), value, resolve(schema.$ref))
  if (schema.properties) return objectComplaints(name, value, schema)
  if (schema.enum && !schema.enum.includes(value)) return [`${name}: ${value} is none of ${schema.enum}`]
  if (schema.type === 'array')
    return Array.isArray(value)
      ? value.flatMap((item) => complaints(`${name}[]`, item, schema.items))
      : [`${name}: no list`]
  if (schema.format === 'date-time' && value === null) return []
  if (schema.format === 'date-time')
    return Number.isNaN(Date.parse(value)) ? [`${name}: ${value} is no time`] : []
  const is = schema.type === 'integer' ? Number.isInteger(value) : typeof value === schema.type
  if (schema.type && !is) return [`${name}: ${JSON.stringify(value)} is no ${schema.type}`]
  if (schema.format === 'uuid' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
    return [`${name}: ${value} is no UUID`]
  return []
}

function objectComplaints(name: string, value: Json, schema: Json): string[] {
  const known = Object.keys(schema.properties)
  const missing = known.filter((key) => !(key in value) && !optional[name]?.includes(key))
  const extra = Object.keys(value).filter((key) => !known.includes(key) && !undescribed[name]?.includes(key))
  const inside = known
    .filter((key) => key in value)
    .flatMap((key) => complaints(`${name}.${key}`, value[key], schema.properties[key]))
  return [
    ...missing.map((key) => `${name}.${key} is missing`),
    ...extra.map((key) => `${name}.${key} is extra`),
    ...inside,
  ]
}

const resolve = (ref: string): Json =>
  ref
    .split('/')
    .slice(1)
    .reduce((at: Json, part) => at[part], published)

/** One of every resource, as deployed. */
async function everything(): Promise<Array<[string, Json]>> {
  const practice = await openTestPractice()
  const { api } = practice
  await practice.addPhone()
  const transcribe = { type: 'transcribe_start', option: { language: 'en-US' } }
  const placed = await api.post('/v1.0/calls', {
    source: { type: 'tel', target: practice.number },
    destinations: [{ type: 'extension', target_name: 'desk1' }],
    actions: [transcribe, { type: 'ai_summary' }, { type: 'sleep', option: { duration: 600_000 } }],
  })
  const leg = await practice.line.nextLeg()
  leg.answer()
  const [callId] = placed.json.groupcalls[0].call_ids
  const speaking = await api.post('/v1.0/speakings', {
    reference_type: 'call',
    reference_id: callId,
    direction: 'out',
  })
  await api.post(`/v1.0/calls/${callId}/recording_start`, { format: 'wav' })
  await practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'hello' })
  const first = async (path: string) => (await api.get(`/v1.0/${path}`)).json.result[0]
  const process = await first('transcribes')
  return [
    ['CustomerManagerCustomer', (await api.get('/v1.0/customer')).json],
    ['AgentManagerAgent', (await (await practice.as('agent')).get('/v1.0/me')).json],
    ['CustomerManagerAccesskey', await first('accesskeys')],
    ['BillingManagerAccount', (await api.get('/v1.0/billing_account')).json],
    ['RegistrarManagerExtension', await first('extensions')],
    ['NumberManagerNumber', await first('numbers')],
    ['CallManagerCall', (await api.get(`/v1.0/calls/${callId}`)).json],
    ['CallManagerGroupcall', placed.json.groupcalls[0]],
    ['CallManagerRecording', await first('recordings')],
    ['TranscribeManagerTranscribe', process],
    ['TtsManagerSpeaking', speaking.json],
    ['AIManagerSummary', await first('aisummaries')],
    ['ContactManagerContact', (await api.get('/v1.0/contacts/lookup?email=ada@example.com')).json],
    ['TranscribeManagerTranscript', await first(`transcripts?transcribe_id=${process.id}`)],
    ['ErrorBody', (await api.get('/v1.0/nonsense')).json.error],
  ]
}

describe.skipIf(!there)('against the published API description', () => {
  it('every resource has the fields, and only those, with values of the right kind', async () => {
    for (const [name, value] of await everything()) {
      expect.soft(complaints(name, value), name).toEqual([])
    }
  })

  it('every route is described, with its method', () => {
    const unknown = routes.filter(({ method, path: full }) => {
      const described = full.replace('/v1.0', '').replace(/:(\w+)/g, '{id}')
      const same = Object.keys(published.paths).find((one) => one.replace(/\{\w+\}/g, '{id}') === described)
      return !same || !(method.toLowerCase() in published.paths[same])
    })
    expect(unknown.map(({ method, path: full }) => `${method} ${full}`)).toEqual([])
  })

  it('the check itself complains about a missing, an extra and a wrong field', () => {
    const call = { id: 'x', sip_call_id: 'y', status: 'singing' }
    const found = complaints('CallManagerCall', call).join('\n')
    expect(found).toContain('CallManagerCall.destination is missing')
    expect(found).toContain('sip_call_id is extra')
    expect(found).toContain('x is no UUID')
    expect(found).toContain('singing is none of')
  })
})
