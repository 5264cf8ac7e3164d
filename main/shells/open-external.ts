// Which addresses may leave the program for the person's browser: https only, written anew by the parser.

/** The address to open, or nothing when it must not be. */
export function toExternalUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined
  return url.href
}
