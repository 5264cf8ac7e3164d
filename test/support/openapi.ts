// The platform's published API description as a referee: what a recorded exchange has that it does not describe.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ErrorObject } from 'ajv'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { Json } from './practice.ts'
import type { Recorded } from './recorder.ts'

const file = path.resolve(import.meta.dirname, '../../../shared/voipbin-openapi.json')
/** Not everybody who has the sources has the description beside them. */
export const isPublished = existsSync(file)
if (!isPublished) console.warn(`SKIPPED: the published API description is not at ${file}`)
const published: Json = isPublished ? JSON.parse(readFileSync(file, 'utf8')) : { paths: {}, components: {} }

/** What is taken over as it stands. */
const plainKeys = ['type', 'enum', 'format', 'required', 'minItems', 'maxLength', 'minimum', 'maximum']

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true })
formats.default(ajv, ['uuid', 'date-time', 'email', 'uri', 'ipv4'])
ajv.addSchema({ $id: 'api', components: { schemas: strictAll(published.components.schemas ?? {}) } })

/** `POST /calls/{id}/hangup` of a recorded path, or nothing. */
export function toOperation({ method, path: asked }: Pick<Recorded, 'method' | 'path'>): string | undefined {
  const plain = asked.replace(/^\/v1\.0/, '')
  // Fixed paths before those with places.
  const templates = Object.keys(published.paths).sort((a, b) => a.split('{').length - b.split('{').length)
  const found = templates.find((template) => {
    const pattern = template.replaceAll(/\{\w+\}/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(plain) && method.toLowerCase() in published.paths[template]
  })
  return found && `${method} ${found}`
}

/** Everything about one exchange that the description does not allow, in words that say where. */
export function complaints(recorded: Recorded): string[] {
  const operation = toOperation(recorded)
  if (!operation) return [`${recorded.method} ${withoutIds(recorded.path)}: is not described`]
  const [method = '', template = ''] = operation.split(' ')
  const described = published.paths[template][method.toLowerCase()]
  return [
    ...ofQuery(operation, described, published.paths[template], recorded),
    ...ofBody(operation, described, recorded),
    ...ofAnswer(operation, described, recorded),
  ]
}

/** Credentials are described as such, not as parameters of each operation. */
const credentials = new Set(['accesskey', 'token'])

function ofQuery(operation: string, described: Json, whole: Json, { query }: Recorded): string[] {
  const all = [...(whole.parameters ?? []), ...(described.parameters ?? [])].map(deref)
  return [...query].flatMap(([name, value]) => {
    if (credentials.has(name)) return []
    const parameter = all.find((one) => one.in === 'query' && one.name === name)
    if (!parameter) return [`${operation} ?${name}: is not described`]
    const given = parameter.schema?.type === 'integer' ? Number(value) : value
    return check(`${operation} ?${name}`, parameter.schema ?? {}, given)
  })
}

function ofBody(operation: string, described: Json, { body }: Recorded): string[] {
  const schema = deref(described.requestBody)?.content?.['application/json']?.schema
  if (body === '') return described.requestBody?.required ? [`${operation} body: is missing`] : []
  if (!schema) return [`${operation} body: is not described`]
  return check(`${operation} body`, schema, JSON.parse(body))
}

function ofAnswer(operation: string, described: Json, { status, answer }: Recorded): string[] {
  const response = deref(described.responses?.[status])
  if (!response) return [`${operation}: answer ${status} is not described`]
  const schema = response.content?.['application/json']?.schema
  const where = `${operation} ${status}`
  if (answer === '') return schema ? [`${where}: has no body`] : []
  if (!schema) return [`${where}: has a body`]
  return check(where, schema, JSON.parse(answer))
}

function check(where: string, schema: Json, value: unknown): string[] {
  const validate = ajv.compile(strict(schema))
  if (validate(value)) return []
  return [...new Set((validate.errors ?? []).map((error) => toWords(where, error, value)))]
}

/** `CallManagerCall.tm_update: is null`, or the operation where the schema has no name. */
function toWords(where: string, error: ErrorObject, value: unknown): string {
  const named = [...error.schemaPath.matchAll(/schemas\/(\w+)\//g)].at(-1)?.[1]
  const at = error.instancePath.split('/').filter((part) => part !== '' && !/^\d+$/.test(part))
  const field = [named ?? where, at.at(-1)].filter(Boolean).join('.')
  const given = error.instancePath
    .split('/')
    .slice(1)
    .reduce((inner: Json, part) => inner?.[part], value)
  if (error.keyword === 'additionalProperties') return `${field}.${error.params.additionalProperty}: is extra`
  if (error.keyword === 'required') return `${field}.${error.params.missingProperty}: is missing`
  if (error.keyword === 'format') return `${field}: ${JSON.stringify(given)} is no ${error.params.format}`
  return `${field}: is ${JSON.stringify(given).slice(0, 40)}`
}

/** OpenAPI 3.0 as JSON Schema that allows nothing it does not name: `nullable`, merged `allOf`, no other properties. */
function strict(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(strict)
  if (typeof schema !== 'object' || schema === null) return schema
  if (schema.$ref) return { $ref: String(schema.$ref).replace('#/', 'api#/') }
  if (schema.allOf) return strict(merged(schema))
  const out: Json = {}
  for (const [key, inner] of Object.entries(schema)) {
    if (key === 'properties') out[key] = strictAll(inner as Json)
    else if (key === 'items' || key === 'oneOf' || key === 'additionalProperties') out[key] = strict(inner)
    else if (plainKeys.includes(key)) out[key] = inner
  }
  if (schema.properties && schema.additionalProperties === undefined) out.additionalProperties = false
  if (!ajv.formats[out.format]) delete out.format
  return schema.nullable ? orNull(out) : out
}

function orNull(schema: Json): Json {
  const type = typeof schema.type === 'string' ? [schema.type, 'null'] : schema.type
  return { ...schema, type, ...(schema.enum ? { enum: [...schema.enum, null] } : {}) }
}

function merged({ allOf, ...rest }: Json): Json {
  const [only, ...more]: Json[] = allOf.map((part: Json) => deref(part))
  if (more.length === 0 && !rest.properties) return { ...only, ...rest }
  const parts = [only, ...more]
  return {
    ...rest,
    type: 'object',
    properties: Object.assign({}, rest.properties, ...parts.map((part) => part.properties)),
    required: parts.flatMap((part) => part.required ?? []),
  }
}

function strictAll(schemas: Json): Json {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strict(schema)]))
}

function deref(value: Json): Json {
  if (!value?.$ref) return value
  return String(value.$ref)
    .split('/')
    .slice(1)
    .reduce((at: Json, part) => at[part], published)
}

const withoutIds = (asked: string) => asked.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}')
