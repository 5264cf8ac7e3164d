// The import rules of the house as a table, and a checker that names each violation.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'

export interface SourceFile {
  /** From the top of the project, with forward slashes. */
  path: string
  text: string
}

interface Rule {
  /** Files the rule speaks of. */
  files: RegExp
  /** Own modules they may import, by path. */
  mayImport: RegExp[]
}

/** First match decides. Features of `main` see each other only through what `app.ts` hands them. */
const rules: Rule[] = [
  { files: /^common\/kit\//, mayImport: [/^common\/(kit|words)\//] },
  { files: /^common\/words\//, mayImport: [/^common\/words\//] },
  { files: /^common\/model\//, mayImport: [/^common\/(kit|model|words)\//] },
  { files: /^common\//, mayImport: [/^common\//] },
  {
    files: /^main\/(?!host)[\w-]+\.ts$/,
    mayImport: [/^common\//, /^main\/(?!shells|cli)/],
  },
  { files: /^main\/host\.ts$/, mayImport: [/^common\//] },
  { files: /^main\/platform\//, mayImport: [/^common\//, /^main\/platform\//] },
  { files: /^main\/shells\//, mayImport: [/^common\//, /^main\/(app|host)\.ts$/, /^main\/shells\//] },
  {
    files: /^main\/cli\//,
    // The doctor runs without the app: it is asked when nothing else works.
    mayImport: [
      /^common\//,
      /^main\/(app|host|read-profile|reach)\.ts$/,
      /^main\/(cli|shells|platform|doctor)\//,
    ],
  },
  { files: /^preload\//, mayImport: [/^common\/(bridge|kit)\//, /^preload\//] },
  { files: /^renderer\/phone\//, mayImport: [/^common\//, /^renderer\/phone\//] },
  { files: /^renderer\/view\//, mayImport: [/^common\//, /^renderer\/view\//] },
  {
    files: /^renderer\/components\//,
    mayImport: [/^common\//, /^renderer\/(components|view|phone|state)\//, /^renderer\/styles\//],
  },
  {
    files: /^renderer\/state\//,
    mayImport: [
      /^common\//,
      /^renderer\/(state|view)\//,
      /^renderer\/phone\/phone\.ts$/,
      /^renderer\/port\.ts$/,
    ],
  },
  {
    files: /^renderer\/screens\//,
    mayImport: [/^common\//, /^renderer\/(screens|components|view|phone|state|styles)\//],
  },
  { files: /^renderer\//, mayImport: [/^common\//, /^renderer\//] },
  { files: /^practice\//, mayImport: [/^common\/kit\//, /^practice\//] },
  // A feature: its own folder, the common part, the platform and the host.
  { files: /^main\/[\w-]+\//, mayImport: [/^common\//, /^main\/(platform\/|host\.ts$)/] },
]

/** npm packages and Node itself, each with its only homes. What is not listed may be used by nobody. */
const packageHomes: Record<string, RegExp> = {
  zod: /^(common|main|renderer|practice)\//,
  zustand: /^(common|main|renderer)\//,
  birpc: /^common\/bridge\//,
  ws: /^(main\/platform|practice)\//,
  electron: /^(main\/shells\/electron|preload)\//,
  '@lingui/core': /^common\/words\//,
  '@lingui/message-utils': /^common\/words\//,
  '@radix-ui/react-direction': /^renderer\/(?!phone|view)/,
  '@napi-rs/keyring': /^main\/shells\//,
  'junit-report-builder': /^main\/cli\//,
  'sip.js': /^(renderer\/phone|practice\/sip)\//,
  '@noble/hashes': /^renderer\/phone\//,
  'proxy-from-env': /^main\/reach\.ts$/,
  'libphonenumber-js': /^common\/kit\/phone-number\.ts$/,
  werift: /^practice\/media\//,
  diff: /^common\/figures\//,
  fflate: /^common\/record\//,
  react: /^renderer\/(?!phone|view)/,
  'react-dom': /^renderer\/(draw|gallery)/,
  '@radix-ui/themes': /^renderer\/(?!phone|view)/,
  'lucide-react': /^renderer\/(?!phone|view)/,
  cmdk: /^renderer\/screens\/palette\//,
  '@tanstack/react-virtual': /^renderer\/(components|screens)\//,
  '@fontsource-variable/inter': /^renderer\//,
  node: /^(main|preload|practice)\//,
}

/** Child processes of browsers and of practice have one home each. */
const nodeHomes: Record<string, RegExp> = {
  'node:child_process': /^(main\/shells|main\/cli|practice\/voice)\//,
}

/** Each violation as a sentence; empty when the house is in order. */
export function findViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => importsOf(file).flatMap((target) => judge(file.path, target)))
}

function judge(from: string, target: string): string[] {
  if (target.startsWith('.')) {
    const to = path.posix.normalize(path.posix.join(path.posix.dirname(from), target))
    const rule = rules.find((candidate) => candidate.files.test(from))
    if (!rule) return [`${from} belongs to no layer`]
    if (rule.mayImport.some((allowed) => allowed.test(to)) || sameFeature(from, to)) return []
    return [`${from} must not import ${to}`]
  }
  const name = target.startsWith('node:') ? 'node' : packageName(target)
  const home = nodeHomes[target] ?? packageHomes[name]
  if (!home) return [`${from} imports ${name}, which has no declared home`]
  return home.test(from) ? [] : [`${from} must not import ${target}`]
}

const isFeature = (file: string) =>
  /^main\/[\w-]+\/[^/]+/.test(file) && !/^main\/(platform|shells|cli)\//.test(file)

function sameFeature(from: string, to: string): boolean {
  const folder = /^main\/[\w-]+\//.exec(from)?.[0]
  return folder !== undefined && isFeature(from) && to.startsWith(folder)
}

function packageName(target: string): string {
  const [first = '', second = ''] = target.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

function importsOf(file: SourceFile): string[] {
  const { module } = parseSync(file.path, file.text)
  const written = module.staticImports.map((entry) => entry.moduleRequest.value)
  const passedOn = module.staticExports.flatMap((entry) =>
    entry.entries.flatMap((part) => (part.moduleRequest ? [part.moduleRequest.value] : [])),
  )
  const dynamic = module.dynamicImports.flatMap((entry) => {
    const source = file.text.slice(entry.moduleRequest.start, entry.moduleRequest.end)
    return /^['"]/.test(source) ? [source.slice(1, -1)] : []
  })
  return [...new Set([...written, ...passedOn, ...dynamic])].filter(
    (target) => !/\.(css|json)$|\?/.test(target),
  )
}

/** All TypeScript of the product, not of the tests. */
export function readProduct(top: string): SourceFile[] {
  return ['common', 'main', 'preload', 'renderer', 'practice'].flatMap((folder) =>
    readdirSync(path.join(top, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => {
        const own = path.posix.join(folder, name.split(path.sep).join('/'))
        return { path: own, text: readFileSync(path.join(top, own), 'utf8') }
      }),
  )
}
