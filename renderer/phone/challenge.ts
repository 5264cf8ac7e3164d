// Reading of WWW-Authenticate and Proxy-Authenticate: every Digest challenge of an answer, the strongest first.

export type Algorithm = 'MD5' | 'SHA-256' | 'SHA-512-256'

/** One Digest challenge (RFC 7616 section 3.3), its quoted strings unescaped. */
export interface Challenge {
  realm: string
  nonce: string
  opaque: string | undefined
  algorithm: Algorithm
  /** As it was written, to be sent back the same; undefined: not named, so MD5. */
  algorithmName: string | undefined
  /** `-sess`: the password's hash is bound to the nonces once a session. */
  session: boolean
  qop: 'auth' | 'auth-int' | undefined
  stale: boolean
  /** Our name may only be sent as a hash. */
  userhash: boolean
}

export interface ReadChallenges {
  /** Strongest first; equally strong ones as they came (RFC 8760 section 2.4: the topmost is the preferred one). */
  usable: Challenge[]
  /** Why each of the others cannot be answered. */
  unusable: string[]
}

const strongestFirst: readonly Algorithm[] = ['SHA-512-256', 'SHA-256', 'MD5']

/** `values` are header values, each with one challenge or, as in HTTP, several. Never throws. */
export function readChallenges(values: readonly string[]): ReadChallenges {
  const usable: Challenge[] = []
  const unusable: string[] = []
  for (const { scheme, parameters } of values.flatMap(splitSchemes)) {
    const read = scheme === 'digest' ? toChallenge(parameters) : `scheme ${scheme}`
    if (typeof read === 'string') unusable.push(read)
    else usable.push(read)
  }
  usable.sort((a, b) => strongestFirst.indexOf(a.algorithm) - strongestFirst.indexOf(b.algorithm))
  return { usable, unusable }
}

interface SchemeText {
  scheme: string
  parameters: Map<string, string>
}

/** A parameter `name=value` or `name="value"`, or a word alone, which begins a scheme. */
const partOf = () =>
  /[\s,]*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|([^\s,"]*))|([\w!#$%&'*+.^`|~-]+)(?=[\s,]|$))/y

function splitSchemes(value: string): SchemeText[] {
  const found: SchemeText[] = []
  const part = partOf()
  for (let match = part.exec(value); match; match = part.exec(value)) {
    const [, name, quoted, bare, word] = match
    if (word !== undefined) found.push({ scheme: word.toLowerCase(), parameters: new Map() })
    // The first value of a name counts: a second one could only contradict it.
    const parameters = found.at(-1)?.parameters
    const key = name?.toLowerCase()
    if (key && parameters && !parameters.has(key)) {
      parameters.set(key, quoted === undefined ? (bare ?? '') : quoted.replace(/\\([\s\S])/g, '$1'))
    }
  }
  return found
}

/** A challenge, or why it is none that can be answered. */
function toChallenge(parameters: Map<string, string>): Challenge | string {
  const realm = parameters.get('realm')
  const nonce = parameters.get('nonce')
  if (!realm) return 'a challenge without a realm'
  if (!nonce) return 'a challenge without a nonce'
  const algorithmName = parameters.get('algorithm')
  const upper = (algorithmName ?? 'MD5').toUpperCase()
  const session = upper.endsWith('-SESS')
  const algorithm = strongestFirst.find((each) => each === upper.replace(/-SESS$/, ''))
  if (!algorithm) return `digest algorithm ${algorithmName}`
  const offered =
    parameters
      .get('qop')
      ?.toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean) ?? []
  const qop = (['auth', 'auth-int'] as const).find((each) => offered.includes(each))
  if (offered.length > 0 && !qop) return `digest protection ${offered.join(', ')}`
  // RFC 7616 section 3.4.2 needs a client nonce, which only a `qop` carries.
  if (session && !qop) return `digest algorithm ${algorithmName} without qop`
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque'),
    algorithm,
    algorithmName,
    session,
    qop,
    stale: parameters.get('stale')?.toLowerCase() === 'true',
    userhash: parameters.get('userhash')?.toLowerCase() === 'true',
  }
}
