// A tone as somebody's voice: 8 kHz, well above every noise floor and far from clipping.

export function tonePcm(hertz: number, seconds: number): Int16Array {
  return Int16Array.from({ length: Math.round(8_000 * seconds) }, (_, i) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * hertz * i) / 8_000)),
  )
}
