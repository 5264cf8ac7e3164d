// A state as a shape, so that colour is never the only sign.
import { Check, CircleDashed, LoaderCircle, TriangleAlert, X } from 'lucide-react'
import type { Tone } from '../view/tone.ts'

const icons = { good: Check, busy: LoaderCircle, warn: TriangleAlert, bad: X, idle: CircleDashed }

export function ToneIcon({ tone, size = 14 }: { tone: Tone; size?: number }) {
  const Icon = icons[tone]
  return (
    <span className={`tone tone-${tone}`} aria-hidden="true">
      <Icon size={size} className={tone === 'busy' ? 'spin' : undefined} />
    </span>
  )
}
