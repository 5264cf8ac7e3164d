// The tables of the history and their versions: a database of an older version is brought up to date, a newer one is left alone.
import type { DatabaseSync } from 'node:sqlite'

/** An entry's number is its call's number times this, plus its place: a hit tells its call without a look. */
export const entryShift = 20

/** One step a version, in order; a step that was released never changes. */
const steps: readonly string[] = [
  `CREATE TABLE calls (
    no INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    profile TEXT NOT NULL, customer TEXT NOT NULL, direction TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL,
    started_at REAL NOT NULL, answered_at REAL, ended_at REAL, outcome TEXT, call_id TEXT,
    flagged INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '', lines INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX calls_by_start ON calls (started_at);
  CREATE TABLE entries (
    no INTEGER PRIMARY KEY, call INTEGER NOT NULL REFERENCES calls (no) ON DELETE CASCADE, id TEXT NOT NULL,
    kind TEXT NOT NULL, at REAL NOT NULL, text TEXT NOT NULL, direction TEXT, offset_ms REAL, arrived_at REAL,
    source TEXT, transcribe_id TEXT, ended_at REAL, filled INTEGER, UNIQUE (call, id)
  ) STRICT;
  CREATE TABLE spoken (
    call INTEGER NOT NULL REFERENCES calls (no) ON DELETE CASCADE, id TEXT NOT NULL, text TEXT NOT NULL,
    status TEXT NOT NULL, created_at REAL NOT NULL, sent_at REAL, heard_at REAL, transcript TEXT, PRIMARY KEY (call, id)
  ) STRICT;
  CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'entries', content_rowid = 'no', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );
  INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER entries_added AFTER INSERT ON entries BEGIN
    INSERT INTO words (rowid, text) VALUES (new.no, new.text);
  END;
  CREATE TRIGGER entries_removed AFTER DELETE ON entries BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.no, old.text);
  END;
  CREATE TRIGGER entries_changed AFTER UPDATE ON entries BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.no, old.text);
    INSERT INTO words (rowid, text) VALUES (new.no, new.text);
  END;`,
  `ALTER TABLE entries ADD COLUMN language TEXT;
  ALTER TABLE entries ADD COLUMN place REAL;
  CREATE TABLE moments (
    call INTEGER NOT NULL REFERENCES calls (no) ON DELETE CASCADE, id TEXT NOT NULL, kind TEXT NOT NULL,
    at REAL NOT NULL, line TEXT, PRIMARY KEY (call, id)
  ) STRICT;`,
]

export const schemaVersion = steps.length

/** Throws `NewerHistory` before it touches anything that it does not know. */
export class NewerHistory extends Error {}

export function migrate(db: DatabaseSync): void {
  // What was deleted is really gone; a crash of the program loses nothing, one of the machine at most the last moment.
  db.exec(`PRAGMA busy_timeout = 250; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON`)
  const from = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  if (from > schemaVersion) throw new NewerHistory(`version ${from}, known up to ${schemaVersion}`)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`)
  steps.slice(from).forEach((step, index) => {
    db.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${from + index + 1}; COMMIT`)
  })
}
