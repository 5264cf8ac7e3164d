// A level meter: reads the level a few times a second and moves one transform. No state, no render.
import { type ReactNode, useEffect, useRef } from 'react'
import { say } from '../../common/words/say.ts'
import { onTick } from '../state/ticks.ts'

interface Props {
  /** RMS from 0 to 1. */
  read: () => number
  label: string
  icon: ReactNode
  size?: 'normal' | 'large'
}

/** Levels below this are silence on the meter. */
const floorDb = -60
/** How much of the fall is shown each tick: quick up, slow down. */
const fall = 0.4
/** Changes smaller than this are not drawn: an unchanged meter costs no frame. */
const steps = 64

export function LevelMeter({ read, label, icon, size = 'normal' }: Props) {
  const bar = useRef<HTMLSpanElement>(null)
  const reader = useRef(read)
  reader.current = read
  useEffect(() => {
    let shown = 0
    let drawn = 0
    return onTick(() => {
      const level = toMeter(reader.current())
      shown = level > shown ? level : shown + (level - shown) * fall
      const step = Math.round(shown * steps)
      if (step === drawn || !bar.current) return
      drawn = step
      bar.current.style.transform = `scaleX(${1 - step / steps})`
    })
  }, [])
  return (
    <div className={`meter meter-${size}`} role="img" aria-label={say('Level: {label}', { label })}>
      <span className="meter-icon">{icon}</span>
      <span className="meter-label">{label}</span>
      <span className="meter-track">
        <span className="meter-cover" ref={bar} />
      </span>
    </div>
  )
}

/** RMS to the share of the meter that lights up, in decibels as ears hear. */
export function toMeter(rms: number): number {
  if (!(rms > 0)) return 0
  const db = 20 * Math.log10(rms)
  return Math.min(1, Math.max(0, 1 - db / floorDb))
}
