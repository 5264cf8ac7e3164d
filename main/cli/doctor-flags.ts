// The flags of `npm run doctor`: which server to look at, and where the report goes.
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { Dialect, defaultSettings, type ProfileSettings, type Settings } from '../../common/model/settings.ts'
import { readIceAddress } from '../doctor/ice-address.ts'
import { readProfile } from '../read-profile.ts'
import { toDataDir } from '../shells/data-dir.ts'
import { checkAddress, checkCaFile, findProfile, readFlags, UsageError } from './flags.ts'

export const help = `npm run doctor -- [flags]      looks at the network between here and a VoIPBIN, without signing in

  --production             the VoIPBIN at api.voipbin.net (the default)
  --api URL                another one, such as https://api.voipbin.net
  --profile NAME           the server of a profile of yours, by its name in Settings
  --practice               the built-in practice platform
  --edge WSS-URL           SIP edge, instead of the candidates derived from the API address
  --base-domain DOMAIN     domain of its registrar, where the API address does not tell it (an IP address)
  --stun HOST:PORT         a STUN server to ask; may be given as a list with commas
  --turn URL               a TURN server, such as turns:relay.example:443?transport=tcp
  --turn-login FILE        its user name and password, on two lines of a file
                           (those of a profile are in the key store, which is not opened for this)
  --ca-file FILE.pem       authorities of the server's own
  --compare FILE           an earlier JSON report: says only what differs
  --json FILE              report as JSON
  --junit FILE             report as JUnit XML
  --dialect NAME           of the practice platform: deployed (default) or documented
  --help                   this text

Exit code: 0 nothing failed, 1 something failed, 2 wrong usage.
`

const Flags = z.object({
  production: z.boolean().default(false),
  practice: z.boolean().default(false),
  api: z.url({ protocol: /^https?$/, error: 'must be an address that begins with https://' }).optional(),
  profile: z.string().optional(),
  edge: z.url({ protocol: /^wss?$/, error: 'must be an address that begins with wss://' }).optional(),
  'base-domain': z
    .string()
    .regex(/^[\w-]+(\.[\w-]+)*$/, 'must be a domain such as voipbin.example')
    .optional(),
  stun: z.string().optional(),
  turn: z.string().optional(),
  'turn-login': z.string().optional(),
  'ca-file': z.string().optional(),
  compare: z.string().optional(),
  json: z.string().optional(),
  junit: z.string().optional(),
  dialect: Dialect.default('deployed'),
  help: z.boolean().default(false),
})

export interface DoctorFlags {
  help: boolean
  settings: Settings
  iceServers: Array<{ urls: string; username?: string | undefined; credential?: string | undefined }>
  compare: string | undefined
  json: string | undefined
  junit: string | undefined
}

/** Throws UsageError with a sentence that names the flag. */
export function parseDoctorFlags(
  args: string[],
  readOne = (name: string): ProfileSettings => readProfile(name, toDataDir()),
): DoctorFlags {
  const yes = ['production', 'practice', 'help']
  const text = Object.keys(Flags.shape).filter((name) => !yes.includes(name))
  const flags = readFlags(Flags, args, { yes, text })
  const places = [flags.production, flags.practice, flags.api, flags.profile].filter(Boolean)
  if (places.length > 1) throw new UsageError('Give one of --production, --api, --profile and --practice.')
  checkAddress('api', flags.api)
  checkAddress('edge', flags.edge)
  checkCaFile(flags['ca-file'])
  if (flags.compare !== undefined && !existsSync(flags.compare))
    throw new UsageError(`--compare: there is no file ${flags.compare}.`)
  const profile = flags.profile === undefined ? undefined : findProfile(flags.profile, readOne)
  return {
    help: flags.help,
    settings: {
      ...defaultSettings,
      ...toPlace(flags),
      ...profile,
      ...(flags.edge ? { edgeUrl: flags.edge } : {}),
      ...(flags['base-domain'] ? { baseDomain: flags['base-domain'] } : {}),
      ...(flags['ca-file'] ? { caFile: flags['ca-file'] } : {}),
      dialect: profile?.dialect ?? flags.dialect,
    },
    iceServers: [
      ...(profile?.iceServers ?? []),
      ...toStun(flags.stun),
      ...toTurn(flags.turn, flags['turn-login']),
    ],
    compare: flags.compare,
    json: flags.json,
    junit: flags.junit,
  }
}

function toPlace({ practice, api }: z.output<typeof Flags>): Partial<Settings> {
  if (practice) return { environment: 'practice' }
  return api ? { environment: 'custom', apiUrl: api } : { environment: 'production' }
}

function toStun(list = ''): DoctorFlags['iceServers'] {
  return list.split(',').flatMap((each) => {
    const place = each.trim()
    if (place === '') return []
    const urls = place.startsWith('stun:') ? place : `stun:${place}`
    if (!readIceAddress(urls)) throw new UsageError(`--stun: ${place} is not a host with its port.`)
    return [{ urls }]
  })
}

function toTurn(urls: string | undefined, file: string | undefined): DoctorFlags['iceServers'] {
  if (urls === undefined) return []
  if (readIceAddress(urls)?.kind !== 'turn')
    throw new UsageError('--turn: must be an address such as turn:relay.example:3478.')
  if (file === undefined) throw new UsageError('--turn needs --turn-login FILE.')
  if (!existsSync(file)) throw new UsageError(`--turn-login: there is no file ${file}.`)
  const [username = '', credential = ''] = readFileSync(file, 'utf8').split(/\r?\n/)
  if (username === '' || credential === '')
    throw new UsageError(`--turn-login: ${file} must hold the user name and the password, each on its line.`)
  return [{ urls, username, credential }]
}
