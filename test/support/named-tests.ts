// The tests that a page of the documents names, such as docs/sip-hazards.md.
export interface NamedTest {
  file: string
  title: string
}

/** `file.test.ts` “title”, “another title of the same file”; … */
export function readNamedTests(markdown: string): NamedTest[] {
  const found: NamedTest[] = []
  for (const [, file = '', titles = ''] of markdown.matchAll(
    /`([\w/-]+\.test\.ts)` ((?:“[^”]+”(?:, )?)+)/g,
  )) {
    for (const [, title = ''] of titles.matchAll(/“([^”]+)”/g)) found.push({ file, title })
  }
  return found
}
