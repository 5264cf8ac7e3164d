// Takes secrets out of anything before it is logged, traced or exported. Runs at capture, never at display.

const MASK = '•••'

/** Names of fields whose value is a secret wherever they stand (JSON keys, query parameters, headers). */
const secretNames =
  /^(token|temp_token|accesskey|access_?key|password|passwd|secret|webhook_secret|authorization|proxy-authorization|cookie|set-cookie|ha1|authorizationha1|credential|code|direct_hash)$/i

const patterns: ReadonlyArray<[RegExp, string]> = [
  // URL query: ?token=… &accesskey=…
  [
    /([?&](?:token|temp_token|access_?key|access_token|api_?key|key|password|secret|sig|signature|code)=)[^&\s"'#]+/gi,
    `$1${MASK}`,
  ],
  // User and password of a URL.
  [/(\b[a-z][a-z+.-]{1,9}:\/\/)[^\s/@"']+@/gi, `$1${MASK}@`],
  // HTTP and SIP headers: the whole value but its scheme.
  [/^((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)(\w+)?[^\r\n]*/gim, `$1$2$3 ${MASK}`],
  // Digest parameters that let somebody guess the password, wherever they stand (RFC 7616 section 3.4).
  [/\b(response|rspauth|nonce|cnonce|nextnonce|opaque)\s*=\s*("[^"]*"|[0-9a-f]{16,})/gi, `$1="${MASK}"`],
  [/\bBearer\s+[\w.~+/-]+=*/gi, `Bearer ${MASK}`],
  // VoIPBIN access keys (contract B.2) and JSON Web Tokens.
  [/\bvb_[\w-]{6,}/g, `vb_${MASK}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, MASK],
  // SDP keys: a=crypto inline keys and ICE passwords (RFC 4568, RFC 8839).
  [/(a=ice-pwd:)\S+/g, `$1${MASK}`],
  [/(inline:)[\w+/=|:]+/g, `$1${MASK}`],
  // JSON text that was not parsed.
  [
    /("(?:token|temp_token|access_?key|password|secret|webhook_secret|ha1|authorization|credential|direct_hash)"\s*:\s*")(?:[^"\\]|\\.)*"/gi,
    `$1${MASK}"`,
  ],
  // The same as a text within JSON, however often it was quoted: its quotes bear as many backslashes as the name's.
  [
    /((\\+)"(?:token|temp_token|access_?key|password|secret|webhook_secret|ha1|authorization|credential|direct_hash)\2"\s*:\s*\2")[^\r\n]*?(?:(?<!\\)\2"|$)/gim,
    `$1${MASK}$2"`,
  ],
]

/** A text without its secrets. */
export function redactText(text: string): string {
  let out = text
  for (const [pattern, mask] of patterns) out = out.replace(pattern, mask)
  return out
}

/**
 * An address that somebody else chose, such as a webhook's: every value of its query, and a long last piece of its path,
 * may be what lets one in.
 */
export function redactAddress(address: string): string {
  return redactText(address)
    .replace(/([?&][^=&#]*=)[^&#]+/g, `$1${MASK}`)
    .replace(/\/[^/?#]{16,}(?=\/?(?:[?#]|$))/, (last, at: number) =>
      // The host is no piece of the path.
      address[at - 1] === '/' ? last : `/${MASK}`,
    )
}

/** A deep copy of a plain value without its secrets; fields with a secret's name are masked whole. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (value === null || typeof value !== 'object') return value
  // Nobody looks so deep, and what is not looked at is not shown.
  if (depth > 12) return MASK
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretNames.test(name)
        ? mask(item)
        : name === 'webhook_uri' && typeof item === 'string'
          ? redactAddress(item)
          : redact(item, depth + 1),
    ]),
  )
}

/** Empty stays empty: that there is none is no secret. */
function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask)
  return value === null || value === undefined || value === '' ? value : MASK
}
