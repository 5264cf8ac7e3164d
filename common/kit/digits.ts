// Digits of any script as 0 to 9: decimal digits stand in runs of ten, in order (Unicode, section 4.6).

const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code))

/** `٠٣٠`, `०३०` and `０３０` are `030`. */
export const toPlainDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => String(toValue(digit)))

function toValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let before = 0
  while (isDigit(code - before - 1)) before++
  // Runs may follow each other (mathematical digits): each has ten.
  return before % 10
}
