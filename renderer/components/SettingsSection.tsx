// One part of Settings: what it is about on the left, its fields on the right.
import { type ReactNode, useId } from 'react'

export function SettingsSection({
  title,
  text,
  children,
}: {
  title: string
  text: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className="settings-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p>{text}</p>
      </header>
      <div className="card stack">{children}</div>
    </section>
  )
}
