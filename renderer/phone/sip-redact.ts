// Takes secrets out of a SIP message by its structure: unfolded headers of any spelling, URIs, keys of descriptions.
import { redactText } from '../../common/kit/redact.ts'

const mask = '•••'

const secretWords =
  'authorization|authenticate|authentication|auth|token|cookie|password|passwd|secret|credentials?|api-?key|access-?key|session-?key'
/** Headers whose value is a credential, or may be one; a whole word of the name decides, so that `X-Auth-Token` is one too. */
const secretName = new RegExp(`(?:^|-)(?:${secretWords})(?:-|$)`, 'i')
/** The same in the middle of a line: a message that is quoted in prose. */
const quotedHeader = new RegExp(
  `((?:[\\w-]{0,64}-)?(?:${secretWords})(?:-[\\w-]{0,64})?\\s{0,8}:\\s*)[^\\r\\n]*`,
  'gi',
)

/** RFC 8224: a signed token; `y` is its short form. The names of callers (`P-Asserted-Identity`) are none. */
const identity = /^(?:identity|y)$/i

/** A parameter of a header or a URI. The quoted form may run on to the end of a message that was cut. */
const secretParameter =
  /([;?&,\s]|^)((?:x-)?(?:response|nonce|cnonce|nextnonce|rspauth|opaque|password|passwd|pwd|token|access[_-]?token|access[_-]?key|secret|auth|ticket|key))(\s*=\s*)("(?:[^"\\]|\\[\s\S])*(?:"|$)|[^\s;,&>"]+)/gi

/** `sip:user:password@host` (RFC 3261 section 19.1.1). The `@` may be far: a user part takes any escape. */
const uriPassword = /\b((?:sips?|turns?|stuns?|https?|wss?):(?:\/\/)?[^\s:@<>"]*:)[^\s@<>"]{1,1024}(?=@)/gi

/** Any text: a whole message, a part of one, or none of SIP. */
export function redactSip(text: string): string {
  const end = /\r?\n\r?\n/.exec(text)
  const head = end ? text.slice(0, end.index) : text
  const body = end ? text.slice(end.index) : ''
  return redactHead(head) + redactBody(body)
}

function redactHead(head: string): string {
  // RFC 3261 section 7.3.1: a line that begins with white space continues the one before.
  const lines = head.split(/\r\n(?![ \t])|(?<!\r)\n(?![ \t])|\r(?![\n \t])/)
  return lines.map((line, i) => redactLine(line, i === 0)).join('\r\n')
}

function redactLine(line: string, isFirst: boolean): string {
  const header = isFirst && !/^[\w-]+\s*:/.test(line) ? undefined : /^([^\s:]+)(\s*:\s*)([\s\S]*)$/.exec(line)
  const [, name = '', colon = '', value = ''] = header ?? []
  if (!secretName.test(name) && !identity.test(name)) return redactPlain(line)
  if (!/authenti|authori/i.test(name)) return `${name}${colon}${mask}`
  return `${name}${colon}${redactChallenge(value)}`
}

/** Scheme, realm and algorithm tell why a registration fails; nothing else of a challenge or of its answer is kept. */
function redactChallenge(value: string): string {
  const scheme = /^\s*([A-Za-z]+)(?=\s|$)/.exec(value)?.[1] ?? ''
  const shown = [...value.matchAll(/\b(realm|algorithm|qop|stale)\s*=\s*("(?:[^"\\]|\\[\s\S])*"|[\w-]+)/gi)]
  const told = shown.map(([, name = '', what = '']) => `${name.toLowerCase()}=${redactPlain(what)}`)
  return [scheme, [...told, mask].join(', ')].filter(Boolean).join(' ')
}

function redactPlain(text: string): string {
  const cleaned = text
    .replace(uriPassword, `$1${mask}`)
    .replace(secretParameter, `$1$2$3${mask}`)
    .replace(quotedHeader, `$1${mask}`)
  return redactText(cleaned)
}

/** RFC 4568 keys, RFC 8839 passwords, RFC 8866 `k=`, and parts of another kind. */
function redactBody(body: string): string {
  return redactPlain(
    body
      .replace(/^(a=crypto:\s*\d*\s*[\w-]*)[^\r\n]*/gim, `$1 ${mask}`)
      .replace(/^(a=ice-pwd:)[^\r\n]*/gim, `$1${mask}`)
      .replace(/^(k=[a-z]*:?)[^\r\n]*/gim, `$1${mask}`)
      .replace(/^(a=key-mgmt:\s*[\w-]*)[^\r\n]*/gim, `$1 ${mask}`),
  )
}
