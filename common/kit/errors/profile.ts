// Errors of profiles: several servers for one person.
import type { ErrorRows } from './row.ts'

export const profileErrors = {
  'profile.inCall': {
    retry: 'user',
    say: 'A call is up, and this change would end it.',
    why: 'The phone belongs to the server and the extension in use: with another one it registers anew.',
    remedy: 'Hang up first, then change it again. Nothing has changed.',
    help: 'the-companion-itself',
  },
  'profile.last': {
    retry: 'never',
    say: 'The last profile cannot be removed.',
    why: 'The companion always works with one server.',
    remedy: 'Change its server instead, or add another profile first.',
    help: 'the-companion-itself',
  },
  'profile.unknown': {
    retry: 'never',
    say: 'There is no such profile.',
    why: 'It was removed or renamed, or its name has a typing error.',
    remedy: 'Choose one of those in Settings.',
    help: 'the-companion-itself',
  },
} as const satisfies ErrorRows
