// The list of all states, with a link to each in light and dark.
import { Theme } from '@radix-ui/themes'
import { Logo } from '../components/Logo.tsx'
import type { GalleryState } from './states.ts'

export function GalleryIndex({ states }: { states: readonly GalleryState[] }) {
  return (
    <Theme accentColor="indigo" grayColor="slate" radius="medium">
      <main className="gallery">
        <Logo />
        <h1>Every screen in every state</h1>
        <ul>
          {states.map(({ id, says }) => (
            <li key={id} data-state={id}>
              <a href={`?state=${id}`}>{says}</a>
              <p className="card-note">
                {id} · <a href={`?state=${id}&theme=light`}>light</a> ·{' '}
                <a href={`?state=${id}&theme=dark`}>dark</a>
              </p>
            </li>
          ))}
        </ul>
      </main>
    </Theme>
  )
}
