// One line under the meters of a call: through what it sounds, how well, and why not better. Opens the devices.
import { Tooltip, VisuallyHidden } from '@radix-ui/themes'
import { ChevronDown, Headphones } from 'lucide-react'
import { say } from '../../common/words/say.ts'
import { toAriaKeys, toTip } from '../view/keys.ts'
import type { DeviceLine, QualityView } from '../view/sound-view.ts'
import { ToneIcon } from './ToneIcon.tsx'

interface Props {
  device: DeviceLine
  quality: QualityView | undefined
  open: boolean
  toggle: () => void
}

export function SoundLine({ device, quality, open, toggle }: Props) {
  return (
    <div className="sound-line">
      <div className="sound-row">
        <Tooltip content={toTip(say('Devices of this call'), 'call.devices')}>
          <button
            type="button"
            className="sound-device"
            aria-expanded={open}
            aria-keyshortcuts={toAriaKeys('call.devices')}
            aria-label={say('Devices: {name}', { name: device.label })}
            onClick={toggle}
          >
            <Headphones size={16} aria-hidden="true" />
            <bdi>{device.label}</bdi>
            <ChevronDown size={14} aria-hidden="true" data-open={open} />
          </button>
        </Tooltip>
        {quality ? (
          <span className="sound-quality" data-tone={quality.tone} role="status">
            <VisuallyHidden>{say('Sound:')}</VisuallyHidden>
            <span className="sound-bars" data-bars={quality.bars} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {quality.word}
          </span>
        ) : null}
      </div>
      {quality?.reason ? (
        <p className="sound-reason" data-tone={quality.tone}>
          {quality.reason}
        </p>
      ) : null}
      {device.missing ? (
        <p className="sound-reason" data-tone="warn" role="status">
          <ToneIcon tone="warn" /> {device.missing}
        </p>
      ) : null}
    </div>
  )
}
