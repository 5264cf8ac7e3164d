// One row of the comparison: the same quantity, measured the same way, of each phone.
import type { Stage } from './stage.ts'
import type { Phone, Subject, SubjectName } from './subject.ts'

export interface Row {
  /** What was measured, for a reader who does not know the code. */
  what: string
  unit: 'ms' | 'MiB' | '%' | 'dB'
  /** What issue and design ask of the companion. */
  aim?: number
  values: Partial<Record<SubjectName, number[]>>
  /** How it was measured, and what the number is made of. */
  note?: string
}

export interface Part {
  name: string
  /** What it does, in a line. */
  about: string
  run(context: Context): Promise<Row[]>
}

export interface Context {
  stage: Stage
  subjects: readonly Subject[]
  /** How often each quick thing is repeated; slower things less often, in proportion. */
  rounds: number
  say(line: string): void
}

/** All phones at once, each ended whatever happens. */
export async function withPhones<T>(
  subjects: readonly Subject[],
  use: (phones: readonly Phone[]) => Promise<T>,
): Promise<T> {
  const phones: Phone[] = []
  try {
    for (const subject of subjects) phones.push(await subject.start())
    return await use(phones)
  } finally {
    for (const phone of phones) await phone.stop()
  }
}

/** Notes a measured value of a phone under a name. */
export function createNotebook() {
  const rows = new Map<string, Partial<Record<SubjectName, number[]>>>()
  return {
    add(name: string, subject: SubjectName, value: number) {
      const row = rows.get(name) ?? {}
      row[subject] = [...(row[subject] ?? []), value]
      rows.set(name, row)
    },
    of: (name: string) => rows.get(name) ?? {},
  }
}
