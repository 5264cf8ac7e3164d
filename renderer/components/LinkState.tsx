// Whether main answers: nothing while it does, a banner while it does not.
import { LoaderCircle, Unplug } from 'lucide-react'
import { say } from '../../common/words/say.ts'
import { useCopy } from '../state/companion.tsx'

export function LinkState() {
  const link = useCopy((copy) => copy.link)
  if (link.status === 'live') return null
  if (link.status === 'loading') {
    return (
      <p className="link-state" role="status">
        <LoaderCircle size={16} className="spin" aria-hidden="true" /> {say('Starting')}
      </p>
    )
  }
  return (
    <p className="link-state lost" role="alert">
      <Unplug size={16} aria-hidden="true" />
      <span>
        <strong>{say(link.error.say)}</strong> {say(link.error.remedy)}
      </span>
    </p>
  )
}
