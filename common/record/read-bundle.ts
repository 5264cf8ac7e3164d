// A record that somebody sent: the zip of an export, or the record in it. Nothing in the file is trusted.
import { strFromU8, unzipSync } from 'fflate'
import { AppError } from '../kit/errors.ts'
import { FlightRecord } from '../model/record.ts'
import { recordName } from './export/bundle-name.ts'

/** Of the file, and of the record once it is unpacked. */
export const packedLimit = 32 * 1024 * 1024
export const unpackedLimit = 64 * 1024 * 1024

/** Throws `record.foreign` and `record.tooLarge`. Only the record is unpacked, whatever else the zip holds. */
export function readBundle(bytes: Uint8Array): FlightRecord {
  if (bytes.length > packedLimit) throw new AppError('record.tooLarge', { detail: `${bytes.length} bytes` })
  const json = bytes[0] === brace ? bytes : unpack(bytes)
  const parsed = FlightRecord.safeParse(parse(strFromU8(json)))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new AppError('record.foreign', {
      detail: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    })
  }
  const record = parsed.data
  // The file says in which order; the screen counts on it.
  record.items.sort((a, b) => a.t - b.t)
  record.rtp.sort((a, b) => a.t - b.t)
  record.levels.sort((a, b) => a.t - b.t)
  return record
}

const brace = 0x7b

function unpack(bytes: Uint8Array): Uint8Array {
  let found = 0
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        if (name !== recordName) return false
        found += 1
        // Two of one name, or a size that nobody needs: a zip that was made to confuse.
        if (found > 1 || originalSize > unpackedLimit || size > packedLimit)
          throw new AppError('record.tooLarge')
        return true
      },
    })
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError('record.foreign', { detail: toText(thrown), cause: thrown })
  }
  const json = files[recordName]
  if (!json) throw new AppError('record.foreign', { detail: `no ${recordName} in it` })
  return json
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new AppError('record.foreign', { detail: 'broken JSON', cause: thrown })
  }
}

const toText = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))
