// Settings: the buttons of a headset, connected by a press, because the browser asks the person for each device.
import { Button } from '@radix-ui/themes'
import { Headset } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { ToneIcon } from '../../components/ToneIcon.tsx'
import { useActions, usePhone } from '../../state/companion.tsx'
import { toHeadset } from '../../view/headset-view.ts'

export function HeadsetPart() {
  const view = toHeadset(usePhone(), useActions())
  return (
    <div className="field headset-part">
      <span className="field-label">{say('Buttons of a headset')}</span>
      <p className="headset-state" role="status">
        <ToneIcon tone={view.tone} /> {view.text}
      </p>
      <p className="field-hint">{view.help}</p>
      {view.connect || view.forget ? (
        <div className="row">
          {view.connect ? (
            <Button variant="soft" color="gray" onClick={view.connect}>
              <Headset size={16} aria-hidden="true" /> {say('Connect a headset')}
            </Button>
          ) : null}
          {view.forget ? (
            <Button variant="soft" color="gray" onClick={view.forget}>
              {say('Forget it')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
