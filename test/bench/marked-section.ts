// A section of a page that one program writes and that everybody else leaves alone: what stands between two markers.

/** Who writes it. */
export type SectionName = 'edge' | 'day'

const toBegin = (name: SectionName) => `<!-- bench:${name} begin -->`
const toEnd = (name: SectionName) => `<!-- bench:${name} end -->`

/** The page with this section in place of the one before, or at its end. */
export function putSection(page: string, name: SectionName, section: string): string {
  const [begin, end] = [toBegin(name), toEnd(name)]
  const marked = `${begin}\n${section.trim()}\n${end}\n`
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${marked}`
  return page.slice(0, from) + marked + page.slice(to + end.length).replace(/^\n/, '')
}

/** The section of a page as it stands there, with its markers; empty where there is none. */
export function readSection(page: string, name: SectionName): string {
  const end = toEnd(name)
  const [from, to] = [page.indexOf(toBegin(name)), page.indexOf(end)]
  return from < 0 || to < from ? '' : page.slice(from, to + end.length)
}
