// A section of a page that one program writes and that everybody else leaves alone: what stands between two markers.

const begin = '<!-- bench:edge begin -->'
const end = '<!-- bench:edge end -->'

/** The page with this section in place of the one before, or at its end. */
export function putSection(page: string, section: string): string {
  const marked = `${begin}\n${section.trim()}\n${end}\n`
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${marked}`
  return page.slice(0, from) + marked + page.slice(to + end.length).replace(/^\n/, '')
}

/** The section of a page as it stands there, with its markers; empty where there is none. */
export function readSection(page: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  return from < 0 || to < from ? '' : page.slice(from, to + end.length)
}
