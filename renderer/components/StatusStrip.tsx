// Always visible: what works, what proves it and how old that proof is.
import { memo } from 'react'
import { say } from '../../common/words/say.ts'
import { useApp, useNow, usePhone } from '../state/companion.tsx'
import { type StatusItem, toStatus } from '../view/status-view.ts'
import { Age, Until } from './Age.tsx'
import { ToneIcon } from './ToneIcon.tsx'

export function StatusStrip() {
  const items = toStatus(useApp(), usePhone())
  return (
    <section aria-label={say('Status')}>
      <ul className="status-strip">
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
    </section>
  )
}

/** Made anew by every platform event, and mostly the same as before. */
const isSame = (one: { item: StatusItem }, other: { item: StatusItem }) =>
  JSON.stringify(one.item) === JSON.stringify(other.item)

const Item = memo(function Item({ item }: { item: StatusItem }) {
  const now = useNow()
  const stale = item.tone === 'good' && item.goodUntil !== undefined && now > item.goodUntil
  const tone = stale ? 'warn' : item.tone
  return (
    <li
      className="status-item"
      data-status={item.id}
      data-tone={tone}
      title={item.error && say(item.error.say)}
    >
      <ToneIcon tone={tone} />
      <span className="status-words">
        <span className="status-label">{item.label}</span>
        <span className="status-value" dir="auto">
          {item.value}
        </span>
        <span className="status-proof">
          <Proof item={item} stale={stale} />
        </span>
      </span>
    </li>
  )
}, isSame)

function Proof({ item, stale }: { item: StatusItem; stale: boolean }) {
  if (item.proof) {
    return (
      <>
        <span className={stale ? undefined : 'wide-only'}>
          {stale ? say('no proof since') : <bdi>{item.proof.text}</bdi>}{' '}
        </span>
        <Age at={item.proof.at} />
      </>
    )
  }
  if (item.retryAt !== undefined) return <Until at={item.retryAt} />
  return <bdi>{item.note}</bdi>
}
