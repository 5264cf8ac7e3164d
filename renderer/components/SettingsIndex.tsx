// The parts of Settings as links, so that nobody has to scroll for one.
import type { MouseEvent } from 'react'
import { toPartId } from './SettingsSection.tsx'

export function SettingsIndex({ titles }: { titles: readonly string[] }) {
  return (
    <nav className="settings-index" aria-label="Parts of Settings">
      {titles.map((title) => (
        <a key={title} href={`#${toPartId(title)}`} onClick={goTo}>
          {title}
        </a>
      ))}
    </nav>
  )
}

/** The keyboard goes on from there too; the address of the page stays as it is. */
function goTo(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  const heading = document.getElementById(event.currentTarget.hash.slice(1))
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}
