// The sign that calls are refused: on every screen for as long as it is so.
import { Button } from '@radix-ui/themes'
import { BellOff } from 'lucide-react'
import { say } from '../../common/words/say.ts'
import { useActions, useAppPart } from '../state/companion.tsx'
import { toDisturb } from '../view/ringing-view.ts'

export function DisturbBar() {
  const view = toDisturb(useAppPart('settings', 'ringing'), useActions())
  if (!view) return null
  return (
    <section className="disturb-bar" role="status" aria-label={say('Do not disturb')}>
      <BellOff size={18} aria-hidden="true" />
      <p>
        <strong>{say('Do not disturb')}</strong> <span>{view.text}</span>
      </p>
      <Button size="2" variant="soft" color="gray" onClick={view.turnOff}>
        {say('Turn off')}
      </Button>
    </section>
  )
}
