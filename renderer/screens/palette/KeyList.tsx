// All keys in one list, made from the table of actions.
import { Dialog, IconButton, Kbd } from '@radix-ui/themes'
import { X } from 'lucide-react'
import { useCompanion, useUi } from '../../state/companion.tsx'
import { type ActionId, actionIds, actionParts, toAction } from '../../view/action-table.ts'
import { toKeyText } from '../../view/keys.ts'

/** Keys that belong to a place and not to an action. */
const fixed = [
  ['0 … 9, * and #', 'Tones, on the call while no field has the keyboard'],
  ['↑ and ↓', 'Whom you called before, in the empty field for calling'],
  ['Esc', 'Closes what lies over the screen'],
] as const

export function KeyList() {
  const { ui } = useCompanion()
  const open = useUi((one) => one.overlay === 'keys')
  return (
    <Dialog.Root open={open} onOpenChange={(is) => (is ? undefined : ui.setState({ overlay: 'none' }))}>
      <Dialog.Content className="key-list" aria-describedby={undefined}>
        <header>
          <Dialog.Title size="4">Keys</Dialog.Title>
          <Dialog.Close>
            <IconButton variant="ghost" color="gray" aria-label="Close">
              <X size={18} />
            </IconButton>
          </Dialog.Close>
        </header>
        <div className="key-parts">
          {actionParts.map((part) => (
            <Part key={part} title={part} ids={actionIds.filter((id) => toAction(id).part === part)} />
          ))}
          <section aria-label="In their place">
            <h3>In their place</h3>
            <dl>
              {fixed.map(([key, words]) => (
                <div key={key}>
                  <dt>{words}</dt>
                  <dd>
                    <Kbd size="1">{key}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </Dialog.Content>
    </Dialog.Root>
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
            <dt>{toAction(id).words}</dt>
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
