// The few arguments the window program takes; Electron and Chromium have their own, so unknown ones are left alone.

export interface ElectronArguments {
  profileDir: string | undefined
}

/** `--hidden` belongs to login items of other phones; there is no tray to hide in, so it changes nothing. */
export function parseArguments(argv: readonly string[]): ElectronArguments {
  let profileDir: string | undefined
  argv.forEach((argument, i) => {
    if (argument.startsWith('--profile-dir=')) profileDir = argument.slice('--profile-dir='.length)
    else if (argument === '--profile-dir') profileDir = argv[i + 1]
  })
  return { profileDir: profileDir === '' || profileDir?.startsWith('-') ? undefined : profileDir }
}
