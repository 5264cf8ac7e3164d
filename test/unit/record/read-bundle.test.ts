import { strToU8, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { toBundle } from '../../../common/record/export/bundle.ts'
import { packedLimit, readBundle, unpackedLimit } from '../../../common/record/read-bundle.ts'
import { aFlight, aLine, levels } from '../../support/flight.ts'

const codeOf = (bytes: Uint8Array): string => {
  try {
    readBundle(bytes)
    return 'read'
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : String(thrown)
  }
}
const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

it('reads what was exported, as a zip and as the record in it', async () => {
  const flight = aFlight([aLine(10, 'a', 'Hello')], { levels: [levels(0, 'ear', [0.1])] })
  expect(readBundle((await toBundle(flight)).bytes)).toEqual(flight)
  expect(readBundle(strToU8(JSON.stringify(flight)))).toEqual(flight)
})

it('puts items into the order of time that a file may not have', () => {
  const flight = aFlight([aLine(20, 'b', 'two'), aLine(10, 'a', 'one')])
  expect(readBundle(strToU8(JSON.stringify(flight))).items.map(({ t }) => t)).toEqual([10, 20])
})

it.each([
  ['nothing', new Uint8Array()],
  ['noise', Uint8Array.from({ length: 500 }, (_, n) => n % 251)],
  ['half a zip', zip({ 'record.json': '{}' }).subarray(0, 60)],
  ['a zip without a record', zip({ 'readme.txt': 'hello' })],
  ['a record in another folder', zip({ '../record.json': JSON.stringify(aFlight()) })],
  ['broken JSON', zip({ 'record.json': '{"format":' })],
  ['JSON of something else', zip({ 'record.json': '[1,2,3]' })],
  ['a newer record', zip({ 'record.json': JSON.stringify({ ...aFlight(), version: 2 }) })],
  [
    'an item with a wrong time',
    zip({ 'record.json': JSON.stringify(aFlight([aLine(Number.MAX_VALUE, 'a', 'x')])) }),
  ],
  ['JSON that is nested without end', strToU8(`{"a":${'['.repeat(200_000)}`)],
])('says that %s is no record', (_, bytes) => {
  expect(codeOf(bytes)).toBe('record.foreign')
})

it('unpacks no bomb: a record that says it is too large, and a file that is', () => {
  const bomb = zipSync({ 'record.json': [new Uint8Array(unpackedLimit + 1), { level: 9 }] })
  expect(bomb.length).toBeLessThan(packedLimit)
  expect(codeOf(bomb)).toBe('record.tooLarge')
  expect(codeOf(new Uint8Array(packedLimit + 1))).toBe('record.tooLarge')
})

it('is not filled by a record that lies about its size', () => {
  const honest = zipSync({ 'record.json': [new Uint8Array(4_000_000).fill(0x20), { level: 9 }] })
  const view = new DataView(honest.buffer, honest.byteOffset, honest.length)
  for (let at = 0; at + 4 < honest.length; at++) {
    if (view.getUint32(at, true) === 4_000_000) view.setUint32(at, 100, true)
  }
  expect(codeOf(honest)).toBe('record.foreign')
})

it('opens no other file of the zip, however large it says to be', () => {
  const bytes = zipSync({
    'bomb.bin': [new Uint8Array(unpackedLimit + 1), { level: 9 }],
    'record.json': strToU8(JSON.stringify(aFlight())),
  })
  expect(codeOf(bytes)).toBe('read')
})
