// Through what a call sounds, and how well; nothing of it while it is on hold by us.
import { SoundLine } from '../../components/SoundLine.tsx'
import { useCompanion, usePhone, useUi } from '../../state/companion.tsx'
import type { CallView } from '../../view/call-view.ts'
import { toDeviceLine, toQuality } from '../../view/sound-view.ts'

type InCall = Extract<CallView, { phase: 'inCall' }>

export function CallSound({ view }: { view: InCall }) {
  const { ui } = useCompanion()
  const panel = useUi((one) => one.panel)
  const quality = toQuality(view.media)
  return (
    <SoundLine
      device={toDeviceLine(usePhone())}
      // The warning below says more of it.
      quality={quality && view.warning ? { ...quality, reason: undefined } : quality}
      open={panel === 'devices'}
      toggle={() => ui.setState({ panel: panel === 'devices' ? 'closed' : 'devices' })}
    />
  )
}
