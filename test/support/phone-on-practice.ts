// The phone of the window in Node, on the registrar of practice: real SIP over a real WebSocket, without any media.
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { PhoneStart } from '../../common/bridge/table.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import type { DialectName } from '../../practice/dialect.ts'
import { openLine } from '../../practice/sip/line.ts'
import { createPhone } from '../../renderer/phone/create-phone.ts'
import type { SocketLike } from '../../renderer/phone/edge-transport.ts'
import { createFakeMedia } from './fake-media.ts'
import { createStringsClient, openTestPractice } from './practice.ts'

/** With an extension `desk1` whose password is `secret`. */
export async function aPhoneOnPractice(dialect: DialectName) {
  const practice = await openTestPractice({ dialect, parts: { openLine } })
  const { apiUrl, accessKey, edgeUrl, baseDomain } = practice.address
  const made = await practice.withKey(accessKey).post('/v1.0/extensions', {
    name: 'desk1',
    detail: 'A desk',
    extension: 'desk1',
    password: 'secret',
  })
  if (made.status !== 200) throw new Error(`no extension at ${apiUrl}: ${made.status}`)
  const rows: NewTraceRow[] = []
  const opened: string[] = []
  const phone = createPhone(
    { sound: () => {}, trace: (row) => void rows.push(row) },
    {
      createSocket: (url) => {
        opened.push(url)
        return new WebSocket(url, 'sip') as unknown as SocketLike
      },
      createMedia: () => createFakeMedia().kit,
      page: new EventTarget() as unknown as Window,
    },
  )
  onTestFinished(() => phone.dispose())
  const start = (patch: Partial<PhoneStart> = {}) =>
    phone.handlers['phone.start']({
      domain: `${practice.customerId}.registrar.${baseDomain}`,
      username: 'desk1',
      password: 'secret',
      edges: [edgeUrl],
      iceServers: [],
      expiresSeconds: 300,
      instanceId: '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11',
      secondCall: 'ring',
      ...patch,
    })
  const registration = () => phone.store.getState().registration
  /** Contacts of the extension that the registrar holds. */
  const bound = async () => (await createStringsClient(practice.address).look()).registered.desk1
  return { practice, phone, rows, opened, start, registration, bound }
}
