// The platform of practice in front of the real edge: REST, events, flows and speech are practice's, SIP and media are not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openPractice, type Practice } from '../../../practice/practice.ts'
import type { Edge } from '../fixture/edge.ts'
import { type EdgeLine, openEdgeLine } from './edge-line.ts'

export interface EdgePractice {
  readonly practice: Practice
  readonly edge: Edge
  /** By name, so that the companion finds a base domain in it. */
  readonly apiUrl: string
  /** A file with the access key of the customer, for command lines. */
  readonly keyFile: string
  close(): Promise<void>
}

export async function openEdgePractice(): Promise<EdgePractice> {
  let line: EdgeLine | undefined
  const practice = await openPractice({
    dialect: 'deployed',
    parts: {
      openLine: async (options) => {
        line = await openEdgeLine(options)
        return line
      },
    },
  })
  if (!line) throw new Error('practice opened no line')
  const dir = mkdtempSync(path.join(tmpdir(), 'companion-edge-practice-'))
  const keyFile = path.join(dir, 'key')
  writeFileSync(keyFile, practice.address.accessKey, { mode: 0o600 })
  const apiUrl = practice.address.apiUrl.replace('127.0.0.1', 'localhost')
  return {
    practice,
    edge: line.edge,
    apiUrl,
    keyFile,
    async close() {
      await practice.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
