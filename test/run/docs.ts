// `npm run docs`: rewrites what the documents list of the program: errors, and keys.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { toErrorList } from '../support/error-docs.ts'
import { toGlobalKeyList, toKeyList } from '../support/key-docs.ts'
import { top } from './step.ts'

write('docs/keys.md', (text) =>
  under(
    text.replace(/(\| Key at first \|[^\n]*\n)(\|[^\n]*\n)+/, `${toGlobalKeyList()}\n`),
    '## All keys',
    toKeyList(),
  ),
)
write('docs/troubleshooting.md', (text) => under(text, '## All errors', toErrorList()))

function write(name: string, change: (text: string) => string): void {
  const file = path.join(top, name)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  console.log(`Wrote ${name}.`)
}

/** The heading is the last one. */
function under(text: string, heading: string, list: string): string {
  const [before = ''] = text.split(`${heading}\n`)
  return `${before}${heading}\n\n${list}\n`
}
