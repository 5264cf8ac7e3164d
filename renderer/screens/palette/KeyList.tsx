// All keys in one list, made from the table of actions.
import { IconButton, Kbd } from '@radix-ui/themes'
import { X } from 'lucide-react'
import { phrase, say } from '../../../common/words/say.ts'
import { Overlay } from '../../components/Overlay.tsx'
import { useCompanion, useUi } from '../../state/companion.tsx'
import { type ActionId, type ActionPart, actionIds, actionParts, toAction } from '../../view/action-table.ts'
import { toKeyText } from '../../view/keys.ts'

/** Keys that belong to a place and not to an action. */
const fixed = [
  ['0 … 9 * #', phrase('Tones, on the call while no field has the keyboard')],
  ['↑ ↓', phrase('Whom you called before, in the empty field for calling')],
  ['Esc', phrase('Closes what lies over the screen')],
] as const

const parts = Object.keys(actionParts) as ActionPart[]

export function KeyList() {
  const { ui } = useCompanion()
  const open = useUi((one) => one.overlay === 'keys')
  if (!open) return null
  const close = () => ui.setState(({ overlay }) => (overlay === 'keys' ? { overlay: 'none' } : {}))
  return (
    <Overlay className="key-list" label={say('Keys')} close={close}>
      <header>
        <h2>{say('Keys')}</h2>
        <IconButton variant="ghost" color="gray" aria-label={say('Close')} onClick={close}>
          <X size={18} />
        </IconButton>
      </header>
      <div className="key-parts">
        {parts.map((part) => (
          <Part
            key={part}
            title={say(actionParts[part])}
            ids={actionIds.filter((id) => toAction(id).part === part)}
          />
        ))}
        <section aria-label={say('In their place')}>
          <h3>{say('In their place')}</h3>
          <dl>
            {fixed.map(([key, words]) => (
              <div key={key}>
                <dt>{say(words)}</dt>
                <dd>
                  <Kbd size="1">{key}</Kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Overlay>
  )
}

function Part({ title, ids }: { title: string; ids: readonly ActionId[] }) {
  if (ids.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {ids.map((id) => (
          <div key={id}>
            <dt>{say(toAction(id).words)}</dt>
            <dd>
              {toAction(id).keys.map((key) => (
                <Kbd key={key} size="1">
                  {toKeyText(key)}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
