// Canary secrets are planted in every field of everything that reports; no byte of an export may show one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Session } from '../../../common/model/phone.ts'
import { type FlightRecord, type RecordItem, toRecordId } from '../../../common/model/record.ts'
import type { NewTraceRow, TraceRow } from '../../../common/model/trace.ts'
import { toBundle } from '../../../common/record/export/bundle.ts'
import { createRecordClock } from '../../../main/record/clock.ts'
import { createRecorder } from '../../../main/record/recorder.ts'
import { openShelf } from '../../../main/record/shelf.ts'
import { toMessage } from '../../../main/record/to-item.ts'
import { createTrace } from '../../../main/trace/trace.ts'
import { toSipRow } from '../../../renderer/phone/sip-trace.ts'
import { aFlight, aLine, aSip, aSound, levels } from '../../support/flight.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const canaries = {
  key: 'vb_canary0123456789key',
  jwt: 'eyJjYW5hcnki.eyJjYW5hcnkx.Y2FuYXJ5c2ln',
  password: 'canaryPassword4711',
  digest: 'canary0f0f0f0f0f0f0f0f',
  ice: 'canaryIcePassword22ch',
  cookie: 'canaryCookieValue',
  keys: 'canaryPressed1234567',
}
/** As they may stand in a text of any kind. */
const everywhere = [
  `key ${canaries.key}`,
  `Bearer ${canaries.jwt}`,
  `https://api.voipbin.test/v1.0/ws?token=${canaries.jwt}&accesskey=${canaries.key}`,
  `wss://user:${canaries.password}@sip.voipbin.test`,
  `{"password":"${canaries.password}","token":"${canaries.jwt}"}`,
].join(' ')

const sipMessage = [
  'REGISTER sip:acme.registrar.voipbin.test SIP/2.0',
  'Via: SIP/2.0/WSS h;branch=z9hG4bK1',
  'Call-ID: one@edge',
  'CSeq: 2 INVITE',
  `Authorization: Digest username="desk1", realm="r", nonce="${canaries.digest}", response="${canaries.digest}"`,
  `Cookie: session=${canaries.cookie}`,
  'Content-Type: application/sdp',
  'Content-Length: 40',
  '',
  `v=0\r\na=ice-pwd:${canaries.ice}\r\na=crypto:1 AES inline:${canaries.digest}`,
].join('\r\n')

const infoMessage = (type: string, body: string) =>
  [
    'INFO sip:menu@voipbin.test SIP/2.0',
    'Via: SIP/2.0/WSS h;branch=z9hG4bK2',
    'Call-ID: one@edge',
    'CSeq: 3 INFO',
    type,
    '',
    body,
  ].join('\r\n')
/** Keys that are pressed: a PIN, a card. */
const keyMessages = [
  infoMessage('Content-Type: application/dtmf-relay', `Signal=${canaries.keys}\r\nDuration=100\r\n`),
  infoMessage('c: application/dtmf', canaries.keys),
  infoMessage('Content-Type: text/plain', `Duration=100\r\nsignal = ${canaries.keys}\r\n`),
]

let dataDir: string
let scope: Scope
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'companion-canary-'))
  scope = createScope('test')
})
afterEach(async () => {
  await scope.end()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Through the same doors as everything: the trace, the recorder, the shelf. */
async function recordCanaries(): Promise<FlightRecord> {
  const shelf = openShelf(dataDir)
  const clock = createRecordClock()
  const recorder = createRecorder(scope, {
    shelf,
    clock,
    keeps: () => true,
    setting: () => ({ environment: everywhere.slice(0, 300), companion: '0.1.0' }),
    tell: () => {},
    settle: () => {},
    log: createQuietLog().log,
  })
  const take = (rows: readonly TraceRow[]) => {
    for (const row of rows) recorder.note(clock.of(row.at), ...toPair(row))
  }
  const trace = createTrace({ added: take, cleared: () => {} })
  const session: Session = {
    id: 'one',
    sipCallId: 'one@edge',
    direction: 'incoming',
    status: 'ringing',
    remote: { user: 'mina', displayName: everywhere.slice(0, 200), host: 'voipbin.test' },
    contact: { user: 'c', host: 'h' },
    startedAt: Date.now(),
    sending: 'on',
    held: { byUs: false, byThem: false },
  }
  recorder.session(session)
  const sources = ['api', 'event', 'webhook', 'sip', 'media', 'app'] as const
  const rows = sources.map(
    (source): NewTraceRow => ({
      at: Date.now(),
      source,
      direction: 'in',
      title: `GET /v1.0/x ${everywhere}`.slice(0, 300),
      result: `200 ${everywhere}`.slice(0, 200),
      body: `api.voipbin.test, request id 1\n\n→ ${everywhere}\n\n← ${everywhere}\n\nCookie: a=${canaries.cookie}`,
    }),
  )
  trace.add([...rows, toSipRow(sipMessage, 'out', Date.now())])
  trace.add(keyMessages.map((message) => toSipRow(message, 'out', Date.now())))
  trace.rows()
  const now = clock.now()
  recorder.note(now, {
    kind: 'line',
    id: everywhere,
    direction: 'in',
    status: 'final',
    text: everywhere,
    source: 'event',
  })
  recorder.note(now, { kind: 'shown', id: everywhere, status: 'final' })
  recorder.note(now, { kind: 'say', id: everywhere, status: everywhere, text: everywhere })
  recorder.note(now, { kind: 'action', title: everywhere })
  recorder.note(now, { kind: 'state', what: everywhere, to: everywhere, detail: everywhere })
  await recorder.flush()
  const record = await shelf.read(toRecordId(session))
  if (!record) throw new Error('nothing was recorded')
  return record
}

const toPair = (row: TraceRow) => {
  const { item, about } = toMessage(row)
  return [item, about] as const
}

/** A secret, however it may be written down. */
const disguises = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('hex'),
  // In base64 it begins at any of three places.
  ...[0, 1, 2].map((shift) =>
    Buffer.from(`${'x'.repeat(shift)}${secret}`)
      .toString('base64')
      .slice(shift + 2, -4),
  ),
]

it('shows no canary in any byte of an export, packed, unpacked, quoted or encoded', async () => {
  const { bytes } = await toBundle(await recordCanaries())
  const texts = { zip: bytes, ...unzipSync(bytes) }
  for (const [name, file] of Object.entries(texts)) {
    const text = Buffer.from(file).toString('latin1').toLowerCase()
    for (const [what, secret] of Object.entries(canaries)) {
      for (const disguise of disguises(secret)) {
        expect(text.includes(disguise.toLowerCase()), `${what} in ${name} as ${disguise}`).toBe(false)
      }
    }
  }
})

/** Sounds have no text. */
const planted: Record<Exclude<RecordItem['kind'], 'sound'>, true> = {
  api: true,
  event: true,
  webhook: true,
  sip: true,
  media: true,
  app: true,
  line: true,
  shown: true,
  say: true,
  action: true,
  state: true,
}

it('planted them everywhere: each kind of item is there, and everything was masked when it was captured', async () => {
  const record = await recordCanaries()
  const kinds = new Set(record.items.map(({ kind }) => kind))
  expect(kinds).toEqual(new Set(Object.keys(planted)))
  const { bytes } = await toBundle(record)
  const redaction = JSON.parse(strFromU8(unzipSync(bytes)['redaction.json'] ?? new Uint8Array()))
  expect(redaction.atExport).toBe(0)
  expect(redaction.atCapture.api).toBeGreaterThan(3)
})

it('names each file with its size and hash, and every file can be read as what it is', async () => {
  const flight = aFlight(
    [
      aSip(0, 'out', 'INVITE', undefined, 'INVITE sip:a@b SIP/2.0\r\nContent-Length: 9\r\n\r\nv=0'),
      {
        kind: 'api',
        t: 5,
        direction: 'out',
        title: 'GET /v1.0/calls?page_size=1',
        result: '200',
        tone: 'good',
        ms: 12,
        body: 'api.voipbin.test, request id r1\n\n← {"a":1}',
      },
      { kind: 'event', t: 9, direction: 'in', title: 'call_ringing', tone: 'plain', body: '{"id":"1"}' },
      aSound(1_000, 'ear', 'start'),
      aSound(2_000, 'ear', 'end'),
      aLine(2_500, 'l1', 'Hello --> <b>there</b>'),
    ],
    { levels: [levels(900, 'ear', [0.1, 0.2, 0.3])] },
  )
  const { name, bytes } = await toBundle(flight)
  expect(name).toBe('record-2026-11-20-12-00-Reception.zip')
  const files = unzipSync(bytes)
  const read = (file: string) => strFromU8(files[file] ?? new Uint8Array())
  const manifest = JSON.parse(read('manifest.json'))
  expect(manifest.files.map((file: { name: string }) => file.name).sort()).toEqual(
    Object.keys(files)
      .filter((one) => one !== 'manifest.json')
      .sort(),
  )
  expect(manifest.files[0]).toMatchObject({
    bytes: files['record.json']?.length,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(JSON.parse(read('record.json'))).toEqual(flight)
  expect(read('transcript.vtt')).toContain(
    'l1\n00:00:01.000 --> 00:00:02.000\n<v Reception>Hello --&gt; &lt;b&gt;there&lt;/b&gt;</v>',
  )
  const [request, socket] = JSON.parse(read('requests.har')).log.entries
  expect(request).toMatchObject({
    startedDateTime: '2026-11-20T12:00:00.005Z',
    request: { method: 'GET', url: 'https://api.voipbin.test/v1.0/calls?page_size=1' },
    response: { status: 200, content: { text: '{"a":1}' } },
  })
  expect(socket._webSocketMessages).toEqual([
    { type: 'receive', time: Date.UTC(2026, 10, 20, 12) / 1_000 + 0.009, opcode: 1, data: '{"id":"1"}' },
  ])
  expect(JSON.parse(read('conversation.vcon.json')).dialog[0]).toMatchObject({
    type: 'text',
    parties: [1, 0],
  })
  const html = read('report.html')
  expect(html).not.toMatch(/<script|<b>there/)
  expect(html).toContain("default-src 'none'")
})
