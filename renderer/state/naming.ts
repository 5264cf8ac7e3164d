// Who speaks in a transcript: the other side's name, and which lines were typed here, also while they are spoken.
import { useMemo } from 'react'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { type Naming, toNaming } from '../view/transcript-view.ts'
import { useCopy } from './companion.tsx'

export function useNaming(
  callId: string | undefined,
  entries: readonly TranscriptEntry[] | undefined,
  them: string,
): Naming {
  const items = useCopy(({ app }) => (callId === undefined ? undefined : app.speakings[callId]?.items))
  const language = useCopy(({ app }) => app.settings.language)
  return useMemo(() => toNaming(entries ?? [], items ?? [], them, language), [entries, items, them, language])
}
