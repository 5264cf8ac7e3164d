// The palette: every action that is possible now, the parts of Settings, and people to call; found by typing.
import { Kbd } from '@radix-ui/themes'
import { Command } from 'cmdk'
import { CornerDownLeft, History, Settings2, Zap } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { Overlay } from '../../components/Overlay.tsx'
import { toRuns } from '../../state/action-runs.ts'
import { useCompanion, useUi } from '../../state/companion.tsx'
import { type ActionId, actionIds, toAction } from '../../view/action-table.ts'
import { toKeyText } from '../../view/keys.ts'
import { settingsTitles } from '../Settings.tsx'

export function Palette() {
  const { ui } = useCompanion()
  const open = useUi((one) => one.overlay === 'palette')
  const close = () => ui.setState(({ overlay }) => (overlay === 'palette' ? { overlay: 'none' } : {}))
  if (!open) return null
  return (
    <Overlay className="palette" label={say('Find an action, a setting or a person')} close={close}>
      <Choices close={close} />
    </Overlay>
  )
}

function Choices({ close }: { close(): void }) {
  const companion = useCompanion()
  const { ui } = companion
  const recent = useUi((one) => one.recent)
  // As it was when the palette was opened: a choice must not move away under the hand.
  const [runs] = useState(() => toRuns(companion))
  const possible = actionIds.filter((id) => runs[id] && id !== 'palette.open')
  const choose = (act: () => void) => () => {
    close()
    act()
  }
  return (
    <Command label={say('Find an action, a setting or a person')} loop>
      <Command.Input
        className="palette-input"
        placeholder={say('Mute, Certificates, a name or a number …')}
        autoFocus
      />
      <Command.List className="palette-list" label={say('Found')}>
        <Command.Empty className="palette-empty">{say('Nothing is called that.')}</Command.Empty>
        <Command.Group heading={say('Actions')}>
          {possible.map((id) => (
            <Choice
              key={id}
              value={say(toAction(id).words)}
              icon={<Zap size={16} />}
              choose={choose(() => runs[id]?.())}
            >
              <Keys id={id} />
            </Choice>
          ))}
        </Command.Group>
        <Command.Group heading={say('Settings')}>
          {settingsTitles.map((title) => (
            <Choice
              key={title}
              value={say('Settings: {part}', { part: say({ text: title }) })}
              icon={<Settings2 size={16} />}
              choose={choose(() => ui.setState({ screen: 'settings', settingsPart: title }))}
            />
          ))}
        </Command.Group>
        {recent.length > 0 ? (
          <Command.Group heading={say('People')}>
            {recent.map(({ name, target }) => (
              <Choice
                key={target}
                value={name === target ? target : `${name} ${target}`}
                icon={<History size={16} />}
                // Into the field: Enter there calls. A slip of the finger must not.
                choose={choose(() => ui.setState({ screen: 'call', dial: target, focus: 'dial' }))}
              >
                <CornerDownLeft size={14} aria-hidden="true" />
              </Choice>
            ))}
          </Command.Group>
        ) : null}
      </Command.List>
    </Command>
  )
}

interface ChoiceProps {
  value: string
  icon: ReactNode
  choose(): void
  children?: ReactNode
}

function Choice({ value, icon, choose, children }: ChoiceProps) {
  return (
    <Command.Item className="palette-item" value={value} onSelect={choose}>
      <span className="palette-icon" aria-hidden="true">
        {icon}
      </span>
      <span className="palette-words">{value}</span>
      {children}
    </Command.Item>
  )
}

const Keys = ({ id }: { id: ActionId }) => <Kbd size="1">{toKeyText(toAction(id).keys[0])}</Kbd>
