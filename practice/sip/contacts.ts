// Contact headers as they are written: the URI is kept letter by letter, because the phone compares it with its own.

export interface ContactValue {
  /** Without the angle brackets; `*` for the wildcard. */
  uri: string
  /** The `expires` parameter of this contact, where it has one. */
  expires: number | undefined
}

/** The values of all Contact headers of a message. A value that is none is left out. */
export function parseContacts(headers: readonly string[]): ContactValue[] {
  return headers.flatMap(splitValues).flatMap((text) => {
    const value = parseContact(text)
    return value ? [value] : []
  })
}

/**
 * A message without its Contact headers, and their values. The grammar of SIP.js knows fewer contacts than phones do
 * (it drops a message with `*`), and it rewrites what it parses.
 */
export function takeContacts(text: string): { rest: string; contacts: string[] } {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return { rest: text, contacts: [] }
  const contacts: string[] = []
  // A line that begins with white space continues the one before (RFC 3261 section 7.3.1).
  const head = text.slice(0, end).replace(/\r\n(?:contact|m)[ \t]*:((?:[^\r]|\r\n[ \t])*)/gi, (_, value) => {
    contacts.push(
      String(value)
        .replace(/\r\n[ \t]+/g, ' ')
        .trim(),
    )
    return ''
  })
  return { rest: head + text.slice(end), contacts }
}

/** Commas part the values of a header, but not inside quotes or angle brackets (RFC 3261 section 7.3.1). */
function splitValues(header: string): string[] {
  const out: string[] = []
  let quoted = false
  let bracket = false
  let from = 0
  for (let i = 0; i < header.length; i++) {
    const letter = header[i]
    if (quoted) {
      if (letter === '\\') i++
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '<') bracket = true
    else if (letter === '>') bracket = false
    else if (letter === ',' && !bracket) {
      out.push(header.slice(from, i))
      from = i + 1
    }
  }
  out.push(header.slice(from))
  return out
}

function parseContact(text: string): ContactValue | undefined {
  const trimmed = text.trim()
  if (trimmed === '*') return { uri: '*', expires: undefined }
  const bracketed = /^(?:"(?:[^"\\]|\\.)*"\s*|[^<"]*)<([^>]+)>(.*)$/s.exec(trimmed)
  // Without brackets every parameter belongs to the header, not to the URI (RFC 3261 section 20.10).
  const bare = /^([^;\s]+)(.*)$/s.exec(trimmed)
  const [, uri, parameters] = bracketed ?? bare ?? []
  if (!uri || !/^sips?:/i.test(uri)) return undefined
  const expires = /;\s*expires\s*=\s*"?(\d{1,10})/i.exec(parameters ?? '')?.[1]
  return { uri, expires: expires === undefined ? undefined : Number(expires) }
}

/** `user@host` of a SIP URI: what names a phone, whatever parameters stand behind it. */
export function phoneOf(uri: string): string {
  const [, user = '', host = ''] = /^sips?:(?:([^@]*)@)?([^;?>\s]+)/i.exec(uri) ?? []
  return `${user}@${host.toLowerCase()}`
}
