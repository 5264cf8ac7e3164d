// The few arguments the window program takes; Electron and Chromium have their own, so unknown ones are left alone.

export interface ElectronArguments {
  profileDir: string | undefined
  /** Name of the profile to start with. */
  profile: string | undefined
}

/** `--hidden` belongs to login items of other phones; there is no tray to hide in, so it changes nothing. */
export function parseArguments(argv: readonly string[]): ElectronArguments {
  const lastOf = (flag: string): string | undefined => {
    let value: string | undefined
    argv.forEach((argument, i) => {
      if (argument.startsWith(`${flag}=`)) value = argument.slice(flag.length + 1)
      else if (argument === flag && !argv[i + 1]?.startsWith('-')) value = argv[i + 1]
    })
    return value || undefined
  }
  return { profileDir: lastOf('--profile-dir'), profile: lastOf('--profile') }
}
