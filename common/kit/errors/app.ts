// Errors of this machine and of the program itself.
import type { ErrorRows } from './row.ts'

export const appErrors = {
  'app.inputInvalid': {
    retry: 'never',
    say: 'The input is not valid.',
    why: 'A field is empty, too long, or not of its kind.',
    remedy: 'Correct the field named below.',
    help: 'the-companion-itself',
  },
  'app.practiceFailed': {
    retry: 'user',
    say: 'The practice platform did not start.',
    why: 'A port is taken, or a file of the program is missing.',
    remedy: 'See the cause below; `npm run practice` shows more.',
    help: 'the-companion-itself',
  },
  'app.browserMissing': {
    retry: 'user',
    say: 'Neither Electron nor a Chromium-based browser was found; one of them runs the phone.',
    why: 'It was never installed, or its name is not known here.',
    remedy: 'Install Chromium, Chrome, Edge or Brave with the command below, then start again.',
    help: 'the-companion-itself',
  },
  'app.windowGone': {
    retry: 'auto',
    say: 'The window with the phone is gone.',
    why: 'It was closed, or its process was ended.',
    remedy: 'It is opened again by itself; a call in progress has ended.',
    help: 'the-companion-itself',
  },
  'app.mainGone': {
    retry: 'auto',
    say: 'The companion’s background part has stopped.',
    why: 'Its process was ended or is too busy to answer.',
    remedy:
      'It is asked again by itself. If this stays, close the window and start the companion again; until then a call in progress goes on.',
    help: 'the-companion-itself',
  },
  'app.linkRefused': {
    retry: 'never',
    say: 'The link names nobody who can be called.',
    why: 'It is broken, too long, or made to look like something else.',
    remedy: 'Type the number or the address instead.',
    help: 'the-companion-itself',
  },
  'app.linkWaits': {
    retry: 'never',
    say: 'A link asks to call somebody while a call is up.',
    why: 'Another program, or a page, opened it.',
    remedy: 'It waits in the field for calling until this call is over.',
    help: 'the-companion-itself',
  },
  'app.diskFull': {
    retry: 'user',
    say: 'The settings could not be saved because the disk is full or not writable.',
    why: 'The disk is full, or it is mounted read-only.',
    remedy: 'Free some space; until then the settings live in memory.',
    help: 'the-companion-itself',
  },
  'app.profileUnwritable': {
    retry: 'user',
    say: 'The profile folder cannot be written, and nothing can be kept without it.',
    why: 'The folder belongs to another user, or its disk is read-only.',
    remedy: 'Make the folder named below writable, or choose another with --profile-dir.',
    help: 'the-companion-itself',
  },
  'app.settingsBroken': {
    retry: 'never',
    say: 'The settings file could not be read, so the companion starts with its defaults.',
    why: 'The machine went down while it was written, or it was changed by hand.',
    remedy: 'The old file was kept beside the new one under the name below.',
    help: 'the-companion-itself',
  },
  'app.stopped': {
    retry: 'user',
    say: 'It was stopped.',
    why: 'You stopped it, or signed out meanwhile.',
    remedy: 'Start it again when you want.',
    help: 'the-companion-itself',
  },
  'app.unexpected': {
    retry: 'user',
    say: 'Something unexpected happened in the companion.',
    why: 'A fault of this program.',
    remedy: 'Try again. If it persists, report the text below.',
    help: 'the-companion-itself',
  },
} as const satisfies ErrorRows
