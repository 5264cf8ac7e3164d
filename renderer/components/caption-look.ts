// How captions are set: the settings of now, put where the style sheets read them.
import { type CSSProperties, useMemo } from 'react'
import { useCopy } from '../state/companion.tsx'
import type { CaptionLook } from '../view/transcript-view.ts'

export const toCaptionStyle = ({ size }: CaptionLook) =>
  ({ '--text-caption': `${size}px`, '--text-again': `${Math.max(28, size * 1.5)}px` }) as CSSProperties

export function useCaptionLook(): CaptionLook {
  const size = useCopy(({ app }) => app.settings.captionSize)
  const wide = useCopy(({ app }) => app.settings.captionSpacing === 'wide')
  return useMemo(() => ({ size, wide }), [size, wide])
}
