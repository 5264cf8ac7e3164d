// A record as the time machine shows it: out of main, or out of a file.
import { toFigures } from '../../common/figures/figures.ts'
import { AppError } from '../../common/kit/errors.ts'
import { type ShownRecord, withoutBodies } from '../../common/model/record.ts'
import { packedLimit, readBundle } from '../../common/record/read-bundle.ts'
import { type RecordUi, toBoard } from '../view/record-view.ts'

export const toReady = (shown: ShownRecord, imported: boolean): RecordUi => ({
  status: 'ready',
  board: toBoard(shown),
  figures: toFigures(shown.record),
  imported,
  told: undefined,
})

/** Throws `record.foreign` and `record.tooLarge`. */
export async function readFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<RecordUi> {
  if (file.size > packedLimit) throw new AppError('record.tooLarge', { detail: file.name })
  const record = readBundle(new Uint8Array(await file.arrayBuffer()))
  return toReady({ record, withBody: withoutBodies(record).withBody }, true)
}
