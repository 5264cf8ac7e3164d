// Errors of the history of calls.
import type { ErrorRows } from './row.ts'

export const historyErrors = {
  'history.unsaved': {
    retry: 'auto',
    say: 'The history of calls cannot be written now.',
    why: 'The disk is full or read-only, or another program holds the file.',
    remedy:
      'Free some space; calls go on, and what was said waits in memory and is written as soon as it can be.',
    help: 'the-companion-itself',
  },
  'history.unavailable': {
    retry: 'user',
    say: 'The history of calls cannot be read now.',
    why: 'The disk is full or read-only, or another program holds the file.',
    remedy: 'Free some space or close the other program, then look again.',
    help: 'the-companion-itself',
  },
  'history.broken': {
    retry: 'never',
    say: 'The history of calls was damaged, so a new one was begun.',
    why: 'The machine went down while it was written, or it was changed by another program.',
    remedy: 'The old file was kept beside the new one under the name below.',
    help: 'the-companion-itself',
  },
  'history.newer': {
    retry: 'never',
    say: 'The history of calls was written by a newer companion and is left alone.',
    why: 'A newer version used the same folder.',
    remedy: 'Use the newer version; calls of this run are kept in memory until it ends.',
    help: 'the-companion-itself',
  },
  'history.unknown': {
    retry: 'never',
    say: 'This call is not in the history.',
    why: 'It was deleted, or it was older than the history keeps calls.',
    remedy: 'Choose another one.',
    help: 'the-companion-itself',
  },
  'history.notExported': {
    retry: 'user',
    say: 'The file could not be written.',
    why: 'The folder is not writable, or its disk is full.',
    remedy: 'Choose another folder, or free some space.',
    help: 'the-companion-itself',
  },
} as const satisfies ErrorRows
