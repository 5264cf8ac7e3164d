// Errors of the flight records.
import type { ErrorRows } from './row.ts'

export const recordErrors = {
  'record.unsaved': {
    retry: 'auto',
    say: 'The flight record of this call cannot be written now.',
    why: 'The disk is full or read-only.',
    remedy:
      'Free some space; the call goes on, and what was seen waits in memory and is written as soon as it can be.',
    help: 'the-companion-itself',
  },
  'record.none': {
    retry: 'never',
    say: 'There is no flight record of this call.',
    why: 'Records were switched off then, or this one was let go because it was old or the others needed its room.',
    remedy: 'Records can be switched on, and kept longer, in Settings under History.',
    help: 'the-companion-itself',
  },
  'record.unreadable': {
    retry: 'never',
    say: 'This flight record cannot be read.',
    why: 'The file was damaged, or the disk refuses to give it.',
    remedy: 'Open another one; if it was sent to you, ask for it once more.',
    help: 'the-companion-itself',
  },
  'record.foreign': {
    retry: 'never',
    say: 'This file is no flight record.',
    why: 'It is another kind of file, it was changed by hand, or it was made by a newer companion.',
    remedy: 'Choose the zip file that “Export” made, as it is.',
    help: 'the-companion-itself',
  },
  'record.tooLarge': {
    retry: 'never',
    say: 'This file is larger than a flight record can be.',
    why: 'It is another kind of file, or it was made to fill the memory.',
    remedy: 'Choose the zip file that “Export” made, as it is.',
    help: 'the-companion-itself',
  },
} as const satisfies ErrorRows
