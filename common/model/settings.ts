// What a person can set. Stored as a file; no secret is ever part of it.
import { z } from 'zod'
import { Language } from '../words/languages.ts'
import { phrase } from '../words/say.ts'
import { SoundProcessing } from './phone.ts'
import { Phrases } from './phrases.ts'
import { HeardBy, Provider, SpeakVoice } from './speaking.ts'
import { ReceiverSettings } from './webhook.ts'
import { GlobalKeys } from './wish.ts'

const Url = (...schemes: string[]) =>
  z.string().refine(
    (text) => {
      const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : ''
      return schemes.includes(scheme)
    },
    (schemes.includes('https')
      ? phrase('must be an address that begins with https:// or http://')
      : phrase('must be an address that begins with wss:// or ws://')
    ).text,
  )

export const Environment = z.enum(['practice', 'production', 'sandbox', 'custom'])
export type Environment = z.infer<typeof Environment>

export const Dialect = z.enum(['documented', 'deployed'])
export type Dialect = z.infer<typeof Dialect>

export const IceServer = z.object({
  urls: z.string().regex(/^(stun|turn|turns):.+/, phrase('must begin with stun:, turn: or turns:').text),
  username: z.string().optional(),
})
export type IceServer = z.infer<typeof IceServer>

/** Whose password: a TURN server and the user name there. The password itself lives in the key store. */
export const TurnLogin = z.object({ urls: IceServer.shape.urls, username: z.string().min(1) })
export type TurnLogin = z.infer<typeof TurnLogin>

/** SHA-256 of a certificate's public key (SPKI), base64, for one host. */
export const Pin = z.object({ host: z.string().min(1), sha256: z.string().regex(/^[A-Za-z0-9+/]{43}=$/) })
export type Pin = z.infer<typeof Pin>

/** What belongs to one server. A profile has all of them; switching profiles changes all of them at once. */
export const ProfileSettings = z.object({
  environment: Environment.default('practice'),
  /** REST base without `/v1.0`, for `custom` only; the others derive theirs. */
  apiUrl: z.union([z.literal(''), Url('https', 'http')]).default(''),
  /** Base domain of the registrar, for `custom`; empty = derived from the API host (contract A.1). */
  baseDomain: z
    .string()
    .regex(/^([\w-]+(\.[\w-]+)*)?$/, phrase('a domain such as example.com, without https://').text)
    .default(''),
  dialect: Dialect.default('deployed'),
  /** Extension value of this machine; empty = made up once and remembered. */
  extension: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]{0,32}$/,
      phrase('letters, digits, dot, dash and underscore only, at most 32').text,
    )
    .default(''),
  /** `+15551234567`: the own number that calls of the platform come from; empty = the first that can (contract C.2). */
  sourceNumber: z
    .string()
    .regex(/^(\+[1-9]\d{4,14})?$/, phrase('a number such as +15551234567').text)
    .default(''),
  /** Overrides the candidate list of contract F.2. */
  edgeUrl: z.union([z.literal(''), Url('wss', 'ws')]).default(''),
  /** The candidate that worked last: tried first next time (contract F.2). Written by the companion. */
  lastEdge: z.string().default(''),
  iceServers: z.array(IceServer).default([]),
  pins: z.array(Pin).default([]),
  /** A PEM file with the authorities of a server's own, trusted beside the system's; empty = none. */
  caFile: z.string().default(''),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, phrase('a BCP 47 language such as en-US').text)
    .default('en-US'),
  voice: z
    .object({
      provider: Provider.default(''),
      voiceId: z.string().default(''),
      /** In which typed text is spoken; empty = the language above. */
      language: z.union([z.literal(''), SpeakVoice.shape.language]).default(''),
      heardBy: HeardBy.default('both'),
    })
    .default({ provider: '', voiceId: '', language: '', heardBy: 'both' }),
  /** Texts that are said often. */
  phrases: Phrases.default([]),
})
export type ProfileSettings = z.infer<typeof ProfileSettings>

/** What is remembered of a microphone, and of the speaker that belongs to it: a headset, or what is built in. */
export const DeviceGroup = z.object({
  microphone: z.string(),
  speaker: z.string(),
  ...SoundProcessing.shape,
})
export type DeviceGroup = z.infer<typeof DeviceGroup>

const DeviceSettings = z.object({
  microphone: z.string().default(''),
  speaker: z.string().default(''),
  ringer: z.string().default(''),
  ringVolume: z.number().min(0).max(1).default(0.7),
  /** Of the chosen ones, to name them while they are not connected. */
  names: z
    .object({ microphone: z.string().default(''), speaker: z.string().default('') })
    .default({ microphone: '', speaker: '' }),
  /** The last used first. */
  groups: z.array(DeviceGroup).max(20).default([]),
})

/** What belongs to this machine and its person, whatever server is used. */
export const SharedSettings = z.object({
  devices: DeviceSettings.default(DeviceSettings.parse({})),
  /** The headset whose buttons may be used; nothing: none was connected. Written by the companion. */
  headset: z
    .object({ vendorId: z.number(), productId: z.number(), name: z.string().max(200) })
    .nullable()
    .default(null),
  /** What happens to an invitation while a call is up. */
  secondCall: z.enum(['ring', 'busy']).default('ring'),
  /** New calls are refused as busy, without a sound, and counted as missed. */
  doNotDisturb: z.boolean().default(false),
  /** What closing the window means where a tray icon leads back to it. */
  whenClosed: z.enum(['stay', 'quit']).default('stay'),
  /** Starts hidden when the person signs in to this machine. */
  startAtLogin: z.boolean().default(false),
  /** That closing does not quit has been said. Written by the companion. */
  closingTold: z.boolean().default(false),
  /** Links of other programs that call somebody (`tel:`, `sip:`, `callto:`) come here. */
  openLinks: z.boolean().default(false),
  /** Keys that work while another program is in front. */
  globalKeys: GlobalKeys.default(GlobalKeys.parse({})),
  /** Where the local receiver of webhooks listens. */
  receiver: ReceiverSettings.default({ port: 0, reach: 'thisMachine' }),
  /** So long a typed text can be taken back before it goes out; 0 = it goes at once. */
  undoMs: z.number().int().min(0).max(10_000).default(0),
  /** The voice falls silent when the other side begins to speak. */
  bargeIn: z.boolean().default(false),
  /** Days that calls stay in the history; 0 = for ever. */
  historyDays: z.number().int().min(0).max(3_650).default(90),
  /** Flight records: whether they are kept, for how many days (0 = for ever), and how much room they may take. */
  records: z
    .object({
      keep: z.boolean().default(true),
      days: z.number().int().min(0).max(3_650).default(30),
      megabytes: z.number().int().min(1).max(10_000).default(200),
    })
    .default({ keep: true, days: 30, megabytes: 200 }),
  /** Of the companion's own texts; `language` is what is spoken in calls. */
  uiLanguage: z.enum(['system', ...Language.options]).default('system'),
  /** Of the words of a transcript, in px. */
  captionSize: z.number().int().min(12).max(32).default(14),
  /** `wide`: the distances of WCAG 2.2, 1.4.12. */
  captionSpacing: z.enum(['usual', 'wide']).default('usual'),
  /** Whose finished lines a screen reader reads out. */
  announced: z.enum(['them', 'all', 'none']).default('them'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** What the quickstart types into the speak panel. */
  sayText: z.string().max(500).default('This sentence was typed and is spoken into the call.'),
})
export type SharedSettings = z.infer<typeof SharedSettings>

/** As the program reads them: the shared ones and those of the profile in use, flat. */
export const Settings = z.object({ ...ProfileSettings.shape, ...SharedSettings.shape })
export type Settings = z.infer<typeof Settings>

/** A change of some settings. Not `Settings.partial()`: that fills what is absent with defaults and so resets it. */
export const SettingsPatch = z.object(
  Object.fromEntries(Object.entries(Settings.shape).map(([key, field]) => [key, field.unwrap().optional()])),
) as unknown as z.ZodType<Partial<Settings>, Partial<Settings>>

export const defaultSettings: Settings = Settings.parse({})
