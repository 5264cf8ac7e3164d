// The flags of `npm run quickstart`: read, checked and explained. No secret is ever a flag's value.
import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { Dialect, defaultSettings, type ProfileSettings } from '../../common/model/settings.ts'
import { toAddresses } from '../platform/addresses.ts'
import { isLoopback } from '../platform/proxy.ts'
import { readProfile } from '../read-profile.ts'
import { toDataDir } from '../shells/data-dir.ts'
import { checkAddress, checkCaFile, findProfile, readFlags, UsageError } from './flags.ts'

export const help = `npm run quickstart -- [flags]      runs the main job without a window and verifies every step

  --practice               on the built-in practice platform (the default)
  --api URL                on a VoIPBIN, such as https://api.voipbin.net
  --profile NAME           on the server of a profile of yours, by its name in Settings; nothing of it is changed
  --access-key-file FILE   its access key, in a file; or in the variable VOIPBIN_ACCESS_KEY
  --edge WSS-URL           SIP edge, instead of the candidates derived from the API address
  --base-domain DOMAIN     domain of its registrar, where the API address does not tell it (an IP address)
  --ca-file FILE.pem       authorities of the server's own, trusted for API and edge
  --pin SHA256             base64 SHA-256 of the public key of a certificate to trust for API and edge
  --mic FILE.wav           what the microphone says (default: a short sentence)
  --say TEXT               what is typed and spoken into the call
  --json FILE              report as JSON
  --junit FILE             report as JUnit XML
  --dialect NAME           of the practice platform: deployed (default) or documented
  --timeout SECONDS        for each step (default: its own, 10 to 60)
  --help                   this text

Exit code: 0 every step has its proof, 1 a step failed, 2 wrong usage.
`

const Flags = z.object({
  practice: z.boolean().default(false),
  api: z.url({ protocol: /^https?$/, error: 'must be an address that begins with https://' }).optional(),
  profile: z.string().optional(),
  'access-key-file': z.string().optional(),
  'base-domain': z
    .string()
    .regex(/^[\w-]+(\.[\w-]+)*$/, 'must be a domain such as voipbin.example')
    .optional(),
  'ca-file': z.string().optional(),
  edge: z.url({ protocol: /^wss?$/, error: 'must be an address that begins with wss://' }).optional(),
  pin: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 44 characters of base64, as openssl prints them')
    .optional(),
  mic: z.string().optional(),
  say: z.string().trim().min(1, 'must not be empty').max(500, 'at most 500 characters').optional(),
  json: z.string().optional(),
  junit: z.string().optional(),
  dialect: Dialect.default('deployed'),
  timeout: z.coerce.number().min(1, 'at least 1').max(600, 'at most 600').optional(),
  help: z.boolean().default(false),
})

const flagNames = {
  yes: ['practice', 'help'],
  text: Object.keys(Flags.shape).filter((name) => name !== 'practice' && name !== 'help'),
}

export interface QuickstartFlags {
  help: boolean
  /** Nothing means practice. */
  target: { apiUrl: string; accessKey: string } | undefined
  /** Instead of the two above: the server of a profile. */
  profile: ProfileSettings | undefined
  baseDomain: string | undefined
  caFile: string | undefined
  edge: string | undefined
  pin: string | undefined
  mic: string | undefined
  say: string | undefined
  json: string | undefined
  junit: string | undefined
  dialect: z.infer<typeof Dialect>
  /** Nothing means that each step has its own. */
  stepTimeoutMs: number | undefined
}

/** Throws UsageError with a sentence that names the flag. */
export function parseQuickstartFlags(
  args: string[],
  env: Record<string, string | undefined>,
  readOne = (name: string): ProfileSettings => readProfile(name, toDataDir()),
): QuickstartFlags {
  const flags = readFlags(Flags, args, flagNames)
  if (flags.profile !== undefined && (flags.practice || flags.api))
    throw new UsageError('Give either --profile, --practice or --api.')
  if (flags.practice && flags.api) throw new UsageError('Give either --practice or --api, not both.')
  checkAddress('api', flags.api)
  checkAddress('edge', flags.edge)
  if (flags.mic !== undefined && !isWav(flags.mic)) {
    throw new UsageError(`--mic: ${flags.mic} is not a readable WAV file.`)
  }
  if (flags.api && flags['base-domain'] === undefined && isFarNumber(flags.api)) {
    throw new UsageError(
      '--api: the SIP domain cannot be told from a number; add --base-domain, such as pbx.example.',
    )
  }
  checkCaFile(flags['ca-file'])
  const profile = flags.profile === undefined ? undefined : findProfile(flags.profile, readOne)
  const apiUrl = flags.api ?? (profile && toApiUrl(profile))
  return {
    help: flags.help,
    profile,
    target: apiUrl ? { apiUrl, accessKey: readAccessKey(flags['access-key-file'], env) } : undefined,
    baseDomain: flags['base-domain'],
    caFile: flags['ca-file'],
    edge: flags.edge,
    pin: flags.pin,
    mic: flags.mic,
    say: flags.say,
    json: flags.json,
    junit: flags.junit,
    dialect: profile?.dialect ?? flags.dialect,
    stepTimeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
  }
}

/** On this machine a server may be for tests of its API only; elsewhere somebody wants to call. */
function isFarNumber(apiUrl: string): boolean {
  const host = new URL(apiUrl).hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !isLoopback(host)
}

/** Which server it is; nothing: practice. */
function toApiUrl(profile: ProfileSettings): string | undefined {
  if (profile.environment === 'practice') return undefined
  try {
    return toAddresses({ ...defaultSettings, ...profile }).apiUrl
  } catch {
    throw new UsageError('--profile: this profile has no API address yet.')
  }
}

function readAccessKey(file: string | undefined, env: Record<string, string | undefined>): string {
  const fromEnv = env.VOIPBIN_ACCESS_KEY?.trim()
  if (file === undefined && fromEnv) return fromEnv
  if (file === undefined) {
    throw new UsageError(
      'This server needs an access key: --access-key-file FILE, or the variable VOIPBIN_ACCESS_KEY.',
    )
  }
  if (!existsSync(file)) throw new UsageError(`--access-key-file: there is no file ${file}.`)
  const key = readFileSync(file, 'utf8').trim()
  if (key === '' || /\s/.test(key))
    throw new UsageError(`--access-key-file: ${file} must hold one key and nothing else.`)
  return key
}

function isWav(file: string): boolean {
  if (!existsSync(file)) return false
  const head = readFileSync(file).subarray(0, 12)
  return head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WAVE'
}
