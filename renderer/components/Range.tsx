// A slider: the browser's own, so that it has a name and all the keys; saved when it is let go.
import { useEffect, useState } from 'react'

interface Props {
  label: string
  /** From 0 to `max`, in steps of `step`. */
  value: number
  max: number
  step: number
  commit(value: number): void
}

export function Range({ label, value, max, step, commit }: Props) {
  const [shown, setShown] = useState(value)
  useEffect(() => setShown(value), [value])
  const leave = () => {
    if (shown !== value) commit(shown)
  }
  return (
    <input
      className="range"
      type="range"
      aria-label={label}
      min={0}
      max={max}
      step={step}
      value={shown}
      onChange={(event) => setShown(Number(event.target.value))}
      onPointerUp={leave}
      onKeyUp={leave}
      onBlur={leave}
    />
  )
}
