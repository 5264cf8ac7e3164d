// Takes secrets out of a SIP message by its structure: unfolded headers of any spelling, URIs, keys of descriptions.
import { redactText } from '../../common/kit/redact.ts'

const mask = '•••'

const secretWords =
  'authorization|authenticate|authentication|auth|token|cookie|password|passwd|secret|credentials?|api-?key|access-?key|session-?key'
/** Headers whose value is a credential, or may be one; a whole word of the name decides, so that `X-Auth-Token` is one too. */
const secretName = new RegExp(`(?:^|-)(?:${secretWords})(?:-|$)`, 'i')
/** The same in the middle of a line: a message that is quoted in prose. */
const quotedHeader = new RegExp(`(\\b(?:${secretWords})(?:-[\\w-]{0,64})?\\s{0,8}:\\s*)[^\\r\\n]*`, 'gi')

/** RFC 8224: a signed token; `y` is its short form. The names of callers (`P-Asserted-Identity`) are none. */
const identity = /^(?:identity|y)$/i

/** A parameter of a header or a URI. The quoted form may run on to the end of a message that was cut. */
const secretParameter =
  /([;?&,\s]|^)((?:x-)?(?:response|nonce|cnonce|nextnonce|rspauth|opaque|password|passwd|pwd|token|access[_-]?token|access[_-]?key|secret|auth|ticket|key))(\s*=\s*)("(?:[^"\\]|\\[\s\S])*(?:"|$)|[^\s;,&>"]+)/gi

/** `sip:user:password@host` (RFC 3261 section 19.1.1). The `@` may be far: a user part takes any escape. */
const uriPassword = /\b((?:sips?|turns?|stuns?|https?|wss?):(?:\/\/)?[^\s:@<>"]*:)[^\s@<>"]{1,1024}(?=@)/gi

/** Keys that are pressed, as INFO: what they are may be a PIN. Also as a part of a body with several. */
const pressedKeys = /^(?:content-type|c)\s*:\s*application\/dtmf/im

/** Any text: a whole message, a part of one, or none of SIP. Runs before a message is read, so it looks at each once. */
export function redactSip(text: string): string {
  const end = /\r?\n\r?\n/.exec(text)
  const head = end ? text.slice(0, end.index) : text
  const body = !end ? '' : pressedKeys.test(text) ? `${end[0]}${mask}` : text.slice(end.index)
  // RFC 3261 section 7.3.1: a line that begins with white space continues the one before.
  const [first = '', ...lines] = head.split(/\r\n(?![ \t])|(?<!\r)\n(?![ \t])|\r(?![\n \t])/)
  const shown = [redactQuoted(first), ...lines.map(redactHeader)].join('\r\n')
  return redactPlain(shown + redactBody(body))
}

function redactHeader(line: string): string {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(0, colon)).trim()
  if (!secretName.test(name) && !identity.test(name)) return line
  if (!/authenti|authori/i.test(name)) return `${name}: ${mask}`
  return `${name}: ${redactChallenge(line.slice(colon + 1))}`
}

/** A first line, or prose: it may be a header, or quote one. */
function redactQuoted(text: string): string {
  const cleaned = redactHeader(text)
  return cleaned === text ? text.replace(quotedHeader, `$1${mask}`) : cleaned
}

/** Scheme, realm and algorithm tell why a registration fails; nothing else of a challenge or of its answer is kept. */
function redactChallenge(value: string): string {
  const scheme = /^\s*([A-Za-z]+)(?=\s|$)/.exec(value)?.[1] ?? ''
  const shown = [...value.matchAll(/\b(realm|algorithm|qop|stale)\s*=\s*("(?:[^"\\]|\\[\s\S])*"|[\w-]+)/gi)]
  const told = shown.map(([, name = '', what = '']) => `${name.toLowerCase()}=${what}`)
  return [scheme, [...told, mask].join(', ')].filter(Boolean).join(' ')
}

function redactPlain(text: string): string {
  return redactText(text.replace(uriPassword, `$1${mask}`).replace(secretParameter, `$1$2$3${mask}`))
}

/** RFC 4568 keys, RFC 8839 passwords, RFC 8866 `k=`, pressed keys of any type, and messages within the message. */
function redactBody(body: string): string {
  return body
    .replace(quotedHeader, `$1${mask}`)
    .replace(/^(a=crypto:\s*\d*\s*[\w-]*)[^\r\n]*/gim, `$1 ${mask}`)
    .replace(/^(a=ice-pwd:)[^\r\n]*/gim, `$1${mask}`)
    .replace(/^(signal\s*=)[^\r\n]*/gim, `$1${mask}`)
    .replace(/^(k=[a-z]*:?)[^\r\n]*/gim, `$1${mask}`)
    .replace(/^(a=key-mgmt:\s*[\w-]*)[^\r\n]*/gim, `$1 ${mask}`)
}
