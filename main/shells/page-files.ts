// Serves the built page from its folder and from nowhere else.
import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { pageHeaders } from './page-origin.ts'

export interface PageFile {
  status: 200 | 403 | 404 | 405
  headers: Record<string, string>
  body: Buffer
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** The file that an address of the page's origin names. Never throws. */
export async function readPageFile(root: string, address: string, method = 'GET'): Promise<PageFile> {
  if (method !== 'GET') return refuse(405, 'only GET')
  const relative = toRelativePath(address)
  if (relative === undefined) return refuse(403, 'outside the page')
  const type = types[path.extname(relative).toLowerCase()]
  if (!type) return refuse(404, 'no such file')
  try {
    const base = await realpath(root)
    const file = await realpath(path.join(base, relative))
    // A symbolic link may point anywhere; what counts is where it ends.
    if (!file.startsWith(base + path.sep)) return refuse(403, 'outside the page')
    return { status: 200, headers: { ...pageHeaders, 'content-type': type }, body: await readFile(file) }
  } catch {
    return refuse(404, 'no such file')
  }
}

/** `undefined` for anything that tries to leave: encoded dots and slashes, backslashes, drive letters, NUL. */
export function toRelativePath(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  let pathname: string
  try {
    pathname = decodeURIComponent(new URL(address).pathname)
  } catch {
    return undefined
  }
  if (/[\\:\0]/.test(pathname)) return undefined
  const parts = pathname.split('/').filter((part) => part !== '')
  if (parts.some((part) => part === '..' || part === '.')) return undefined
  return parts.length === 0 ? 'index.html' : parts.join('/')
}

function refuse(status: 403 | 404 | 405, why: string): PageFile {
  return {
    status,
    headers: { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from(why),
  }
}
