// A shell for tests: a temporary folder, secrets in memory, a practice of the test's choice.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '../../common/kit/errors.ts'
import { createMemorySecrets, type Host } from '../../main/host.ts'
import { createQuietLog } from './quiet-log.ts'

export interface TestHost extends Host {
  readonly lines: string[]
  readonly opened: string[]
  remove(): void
}

export function createTestHost(openPractice?: Host['openPractice']): TestHost {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'companion-test-'))
  const { log, lines } = createQuietLog()
  const opened: string[] = []
  return {
    shell: { name: 'chromium', version: 'test', secrets: 'memory' },
    dataDir,
    secrets: createMemorySecrets(),
    log,
    lines,
    opened,
    openExternal: async (url) => void opened.push(url),
    async saveFile(name, text) {
      const file = path.join(dataDir, name)
      writeFileSync(file, text)
      return file
    },
    openPractice:
      openPractice ??
      (async () => {
        throw new AppError('app.practiceFailed', { detail: 'not in this test' })
      }),
    remove: () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  }
}
