// The calls that nobody took here, newest first, until they are put away.
import { Button, IconButton } from '@radix-ui/themes'
import { PhoneMissed, PhoneOutgoing } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { Age } from '../../components/Age.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'
import { toAriaKeys, toTip } from '../../view/keys.ts'
import { toMissedList } from '../../view/ringing-view.ts'

export function MissedCalls({ dial }: { dial: boolean }) {
  const view = toMissedList(useAppPart('ringing'), useActions(), dial)
  if (!view) return null
  return (
    <section className="missed" aria-label={say('Missed calls')}>
      <header>
        <h2>{say('Missed calls')}</h2>
        <Button
          size="1"
          variant="ghost"
          color="gray"
          title={toTip(say('Put them away'), 'missed.clear')}
          aria-keyshortcuts={toAriaKeys('missed.clear')}
          onClick={view.clear}
        >
          {say('Clear')}
        </Button>
      </header>
      <ul>
        {view.shown.map((call) => (
          <li key={call.sessionId} data-seen={call.seen}>
            <PhoneMissed size={16} aria-hidden="true" />
            <span className="missed-who">
              <strong title={call.address}>
                <bdi>{call.name}</bdi>
              </strong>
              <span>
                <Age at={call.at} />
                {call.why ? ` · ${call.why}` : null}
              </span>
            </span>
            <IconButton
              size="2"
              variant="ghost"
              color="gray"
              disabled={!call.callBack}
              aria-label={say('Call {name} back', { name: call.name })}
              title={say('Call back')}
              onClick={call.callBack}
            >
              <PhoneOutgoing size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      {view.more > 0 ? <p className="missed-more">{say('{n, number} older', { n: view.more })}</p> : null}
    </section>
  )
}
