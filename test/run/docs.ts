// `npm run docs`: rewrites the list of errors in docs/troubleshooting.md from the error table.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { toErrorList } from '../support/error-docs.ts'
import { top } from './step.ts'

const file = path.join(top, 'docs/troubleshooting.md')
const heading = '## All errors\n\n'
const [before = ''] = readFileSync(file, 'utf8').split(heading)
writeFileSync(file, `${before}${heading}${toErrorList()}\n`)
console.log(`Wrote ${path.relative(top, file)}.`)
