// The page without a companion behind it: says what is missing and how to get it.
import { Theme } from '@radix-ui/themes'
import { Logo } from './Logo.tsx'

export function NoMain() {
  return (
    <Theme accentColor="indigo" grayColor="slate" radius="medium">
      <main className="blank">
        <Logo />
        <h1>This page belongs to the companion’s own window.</h1>
        <p>
          Start it with <code>npm start</code>. A browser tab alone has neither the phone nor the platform
          behind it.
        </p>
        <p>
          <a href="./gallery.html">Look at the gallery of all screens</a>
        </p>
      </main>
    </Theme>
  )
}
