// What the flags of all commands share: reading them, and saying what is wrong with one. No secret is ever a flag's value.
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { issuesText } from '../../common/bridge/bridge.ts'
import { toAppError } from '../../common/kit/errors.ts'
import type { ProfileSettings } from '../../common/model/settings.ts'
import { readAuthorities } from '../platform/authorities.ts'

/** Wrong usage: shown with the help, exit code 2. */
export class UsageError extends Error {}

/** `text` and `yes` name the flags that take a value and those that do not. Throws UsageError. */
export function readFlags<T extends z.ZodType>(
  shape: T,
  args: string[],
  { text, yes }: { text: readonly string[]; yes: readonly string[] },
): z.output<T> {
  const options = Object.fromEntries([
    ...text.map((name) => [name, { type: 'string' as const }]),
    ...yes.map((name) => [name, { type: 'boolean' as const }]),
  ])
  const values = (() => {
    try {
      return parseArgs({ args, options, strict: true, allowPositionals: false }).values
    } catch (error) {
      // parseArgs quotes the whole argument: a secret given by mistake must not be repeated.
      const flag = /'(--?[\w-]+)/.exec(String(error))?.[1]
      throw new UsageError(flag ? `${flag} is not a flag or lacks its value.` : 'Only flags are understood.')
    }
  })()
  const parsed = shape.safeParse(values)
  if (!parsed.success) throw new UsageError(`--${issuesText(parsed.error)}`)
  return parsed.data
}

/** Not repeated in the message: it may hold a secret. */
export function checkAddress(name: string, address: string | undefined): void {
  if (address === undefined) return
  const { username, password, search } = new URL(address)
  if (username === '' && password === '' && search === '') return
  throw new UsageError(`--${name}: an address only; a key, user name or query does not belong in it.`)
}

export function checkCaFile(file: string | undefined): void {
  try {
    readAuthorities(file ?? '')
  } catch (thrown) {
    throw new UsageError(`--ca-file: ${toAppError(thrown).detail}.`)
  }
}

export function findProfile(name: string, readOne: (name: string) => ProfileSettings): ProfileSettings {
  try {
    return readOne(name)
  } catch (thrown) {
    throw new UsageError(`--profile: there is no profile ${toAppError(thrown).detail ?? name}.`)
  }
}
