// The way into the time machine, from wherever a call or a run of the quickstart stands.
import { Button } from '@radix-ui/themes'
import { AudioWaveform } from 'lucide-react'
import { say } from '../../common/words/say.ts'
import { useActions } from '../state/companion.tsx'

export function OpenRecord({ id }: { id: string }) {
  const actions = useActions()
  return (
    <Button variant="soft" color="gray" onClick={() => void actions.record.open(id)}>
      <AudioWaveform size={16} aria-hidden="true" /> {say('Flight record')}
    </Button>
  )
}
