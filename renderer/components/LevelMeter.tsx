// A level meter: reads the level each frame and moves one transform. No state, no render.
import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  /** RMS from 0 to 1. */
  read: () => number
  label: string
  icon: ReactNode
  size?: 'normal' | 'large'
}

/** Levels below this are silence on the meter. */
const floorDb = -60
/** How much of the fall is shown each frame: quick up, slow down. */
const fall = 0.12

export function LevelMeter({ read, label, icon, size = 'normal' }: Props) {
  const bar = useRef<HTMLSpanElement>(null)
  const reader = useRef(read)
  reader.current = read
  useEffect(() => {
    let shown = 0
    let frame = requestAnimationFrame(function draw() {
      const level = toMeter(reader.current())
      shown = level > shown ? level : shown + (level - shown) * fall
      if (bar.current) bar.current.style.transform = `scaleX(${1 - shown})`
      frame = requestAnimationFrame(draw)
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div className={`meter meter-${size}`} role="img" aria-label={`Level: ${label}`}>
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
