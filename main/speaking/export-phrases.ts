// The canned phrases of the profile in use, as a file of plain JSON.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import { type Phrase, toPhraseFile } from '../../common/model/phrases.ts'
import type { Host } from '../host.ts'

interface ExportPhrasesParts {
  phrases(): readonly Phrase[]
  saveFile: Host['saveFile']
}

export const createExportPhrases =
  ({ phrases, saveFile }: ExportPhrasesParts) =>
  async (): Promise<{ savedTo: string | null }> => {
    const savedTo = await saveFile('phrases.json', toPhraseFile(phrases())).catch((thrown: unknown) => {
      throw new AppError('speaking.phrasesNotExported', { detail: toAppError(thrown).detail, cause: thrown })
    })
    return { savedTo: savedTo ?? null }
  }
