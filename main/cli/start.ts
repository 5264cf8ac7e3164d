// `npm start`: opens the companion in Electron where it is there, else in Chromium, else runs the main job headless.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { findLink } from '../../common/model/link.ts'
import { AlreadyRunning, runChromium } from '../shells/chromium/run.ts'
import { findElectron, launchElectron } from '../shells/electron/launch.ts'
import { requireBrowser } from './browser.ts'
import { downloadElectron } from './electron.ts'
import { errorText } from './error-text.ts'

const help = `npm start -- [flags] [link]

  --shell electron|chromium   instead of the choice made by itself
  --profile NAME              starts with this profile, by its name in Settings
  --profile-dir FOLDER        settings and state in another folder
  --help                      this text

A link (tel:, sip:, callto:) fills the field for calling; it is never dialled by itself. Where the companion runs
already, it goes there.
`

async function main(args: string[]): Promise<number> {
  const flags = readFlags(args)
  if (typeof flags === 'number') return flags
  if (!hasDisplay()) {
    console.log('There is no display, so no window can open. Running the main job headless instead.\n')
    return await headless()
  }
  const electron = flags.shell === 'chromium' ? undefined : (findElectron() ?? downloadElectron())
  if (electron) {
    console.log(`Opening the companion in Electron (${electron.version}).`)
    return await launchElectron(electron, toArguments(flags))
  }
  if (flags.shell === 'electron') {
    console.error(
      'Electron is not there and could not be downloaded.\nTry:  node node_modules/electron/install.js',
    )
    return 1
  }
  const browser = requireBrowser(flags.profileDir)
  const why = flags.shell ? '' : ', because Electron is not there'
  console.log(`Opening the companion in ${browser.version}${why}.`)
  const shell = await runChromium({
    headless: false,
    browserPath: browser.path,
    profile: flags.profile,
    link: flags.link,
    ...(flags.profileDir ? { profileDir: flags.profileDir } : {}),
  })
  const stop = () => void shell.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  await shell.closed
  return 0
}

interface StartFlags {
  shell: string | undefined
  profileDir: string | undefined
  profile: string | undefined
  link: string | undefined
}

const toArguments = ({ profileDir, profile, link }: StartFlags): string[] => [
  ...(profileDir ? [`--profile-dir=${profileDir}`] : []),
  ...(profile ? [`--profile=${profile}`] : []),
  // Behind it nothing is a switch.
  ...(link ? ['--', link] : []),
]

function readFlags(args: string[]): StartFlags | number {
  try {
    const options = {
      shell: { type: 'string' },
      'profile-dir': { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean' },
    } as const
    const { values, positionals } = parseArgs({ args, options, strict: true, allowPositionals: true })
    const link = findLink(positionals)
    if (positionals.length > (link ? 1 : 0))
      throw new Error(`Not a flag and not a link: ${positionals.find((one) => one !== link)}`)
    if (values.help) {
      console.log(help)
      return 0
    }
    if (values.shell !== undefined && !['electron', 'chromium'].includes(values.shell)) {
      throw new Error(`--shell is electron or chromium, not ${values.shell}.`)
    }
    return { shell: values.shell, profileDir: values['profile-dir'], profile: values.profile, link }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`)
    return 2
  }
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

async function headless(): Promise<number> {
  const script = path.join(import.meta.dirname, 'quickstart.js')
  return spawnSync(process.execPath, [script], { stdio: 'inherit' }).status ?? 1
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (thrown) {
  if (thrown instanceof AlreadyRunning) {
    console.log(thrown.message)
    process.exit(0)
  }
  console.error(errorText(thrown))
  process.exitCode = 1
}
