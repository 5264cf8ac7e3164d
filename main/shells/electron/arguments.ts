// The few arguments the window program takes; Electron and Chromium have their own, so unknown ones are left alone.
import { findLink } from '../../../common/model/link.ts'

export interface ElectronArguments {
  profileDir: string | undefined
  /** The profile of servers to use, by name. */
  profile: string | undefined
  /** Started at login: the window stays away until somebody wants it. */
  hidden: boolean
  /** A link that another program opened. */
  link: string | undefined
}

export function parseArguments(argv: readonly string[]): ElectronArguments {
  const lastOf = (flag: string): string | undefined => {
    let value: string | undefined
    argv.forEach((argument, i) => {
      if (argument.startsWith(`${flag}=`)) value = argument.slice(flag.length + 1)
      else if (argument === flag && !argv[i + 1]?.startsWith('-')) value = argv[i + 1]
    })
    return value || undefined
  }
  return {
    profileDir: lastOf('--profile-dir'),
    profile: lastOf('--profile'),
    hidden: argv.includes('--hidden'),
    link: findLink(argv),
  }
}
