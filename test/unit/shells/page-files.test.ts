// Which files the page's origin gives out.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPageFile, toRelativePath } from '../../../main/shells/page-files.ts'
import { contentSecurityPolicy, electronOrigin } from '../../../main/shells/page-origin.ts'

const base = mkdtempSync(path.join(tmpdir(), 'page-files-'))
const root = path.join(base, 'page')
mkdirSync(path.join(root, 'assets'), { recursive: true })
writeFileSync(path.join(root, 'index.html'), '<p>home</p>')
writeFileSync(path.join(root, 'assets', 'app.js'), 'code')
writeFileSync(path.join(root, 'notes.secret'), 'no type, not served')
writeFileSync(path.join(base, 'outside.txt'), 'outside')
symlinkSync(path.join(base, 'outside.txt'), path.join(root, 'link.txt'))
afterAll(() => rmSync(base, { recursive: true }))

const read = (address: string, method?: string) => readPageFile(root, `${electronOrigin}${address}`, method)

describe('files of the page', () => {
  it('gives the start page for the bare origin, with the policy and its type', async () => {
    const file = await read('/')
    expect(file.status).toBe(200)
    expect(String(file.body)).toBe('<p>home</p>')
    expect(file.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(file.headers['content-security-policy']).toBe(contentSecurityPolicy)
  })

  it('gives a script as a script and ignores the query', async () => {
    const file = await read('/assets/app.js?v=1#x')
    expect([file.status, file.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  })

  it.each([
    '/..%2foutside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/%2e%2e%2foutside.txt',
    '/..%5coutside.txt',
    '/C:%5cwindows',
    '/index.html%00.js',
    '/%E0%A4%A',
  ])('refuses to leave the folder by %s', async (address) => {
    expect((await read(address)).status).toBe(403)
  })

  it('refuses a symbolic link that ends outside', async () => {
    expect((await read('/link.txt')).status).toBe(403)
  })

  it('knows nothing of missing files, folders and unknown types', async () => {
    for (const address of ['/missing.js', '/assets', '/notes.secret']) {
      expect((await read(address)).status, address).toBe(404)
    }
  })

  it('answers refusals with the policy as well, and only to GET', async () => {
    const refused = await read('/', 'POST')
    expect(refused.status).toBe(405)
    expect(refused.headers['content-security-policy']).toBe(contentSecurityPolicy)
  })

  it('keeps plain dots in names', () => {
    expect(toRelativePath(`${electronOrigin}/assets/a..b.js`)).toBe('assets/a..b.js')
  })
})

describe('the content security policy', () => {
  it('allows no inline or evaluated script and no frame', () => {
    const script = contentSecurityPolicy.split('; ').find((rule) => rule.startsWith('script-src'))
    expect(script).toBe("script-src 'self'")
    expect(contentSecurityPolicy).toContain("default-src 'none'")
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'")
  })
})
