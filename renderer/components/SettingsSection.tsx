// One part of Settings: what it is about on the left, its fields on the right. It tells the index that it is there.

import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { say } from '../../common/words/say.ts'

/** Adds a part to the index above; returns how it is taken out again. */
export const SettingsParts = createContext<(title: string) => () => void>(() => () => {})

/** Where a part begins, for the links of the index. */
export const toPartId = (title: string) => `settings-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`

/** `title`: in English, as `settingsTitles` has it. */
export function SettingsSection({
  title,
  text,
  children,
}: {
  title: string
  text: string
  children: ReactNode
}) {
  const add = useContext(SettingsParts)
  useEffect(() => add(title), [add, title])
  const id = toPartId(title)
  return (
    <section className="settings-section" aria-labelledby={id}>
      <header>
        <h2 id={id} tabIndex={-1}>
          {say(title)}
        </h2>
        <p>{text}</p>
      </header>
      <div className="card stack">{children}</div>
    </section>
  )
}
