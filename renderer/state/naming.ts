// Who speaks in a transcript: the other side's name, and which lines were typed here.
import { useMemo } from 'react'
import type { Naming } from '../view/transcript-view.ts'
import { useCopy } from './companion.tsx'

export function useNaming(callId: string | undefined, them: string): Naming {
  const items = useCopy(({ app }) => (callId === undefined ? undefined : app.speakings[callId]?.items))
  return useMemo(() => {
    const typed = (items ?? []).flatMap((item) => [item.text, item.transcriptText ?? item.text])
    return { them, typed: new Set(typed) }
  }, [them, items])
}
