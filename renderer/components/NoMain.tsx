// The page without a companion behind it: says what is missing and how to get it.

import { Theme } from '@radix-ui/themes'
import { say } from '../../common/words/say.ts'
import { Logo } from './Logo.tsx'
import { Sentence } from './Sentence.tsx'

export function NoMain() {
  return (
    <Theme accentColor="indigo" grayColor="slate" radius="medium">
      <main className="blank">
        <Logo />
        <h1>{say('This page belongs to the companion’s own window.')}</h1>
        <p>
          <Sentence
            text="Start it with {command}. A browser tab alone has neither the phone nor the platform behind it."
            command={<code>npm start</code>}
          />
        </p>
        <p>
          <a href="./gallery.html">{say('Look at the gallery of all screens')}</a>
        </p>
      </main>
    </Theme>
  )
}
