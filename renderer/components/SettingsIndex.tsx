// The parts of Settings as links, so that nobody has to scroll for one.
import type { MouseEvent } from 'react'
import { say } from '../../common/words/say.ts'
import { toPartId } from './SettingsSection.tsx'

export function SettingsIndex({ titles }: { titles: readonly string[] }) {
  return (
    <nav className="settings-index" aria-label={say('Parts of Settings')}>
      {titles.map((title) => (
        <a key={title} href={`#${toPartId(title)}`} onClick={(event) => onLink(event, title)}>
          {say(title)}
        </a>
      ))}
    </nav>
  )
}

function onLink(event: MouseEvent<HTMLAnchorElement>, title: string): void {
  // The address of the page stays as it is.
  event.preventDefault()
  goToPart(title)
}

/** The keyboard goes on from there too. */
export function goToPart(title: string): void {
  const heading = document.getElementById(toPartId(title))
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}
