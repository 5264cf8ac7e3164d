// The small window of a call that rings: who, and the two keys.
import { Button, Theme } from '@radix-ui/themes'
import { Phone, PhoneIncoming, PhoneOff } from 'lucide-react'
import { useState } from 'react'
import type { CallNotice, CallNoticeAct } from '../../common/model/ringing.ts'
import { say } from '../../common/words/say.ts'

interface Props {
  notice: CallNotice
  act: (what: CallNoticeAct['act']) => void
}

export function CallWindow({ notice: { call, theme }, act }: Props) {
  // One press is enough: the window goes when the call no longer rings.
  const [pressed, setPressed] = useState<'no' | 'yes'>('no')
  const press = (what: 'answer' | 'decline') => () => {
    setPressed('yes')
    act(what)
  }
  return (
    <Theme
      appearance={theme}
      accentColor="indigo"
      grayColor="slate"
      radius="medium"
      panelBackground="solid"
      className="call-window-frame"
    >
      <main className="view">
        <div
          className="call-window"
          role="alertdialog"
          aria-label={say('Incoming call: {name}', { name: call.name })}
        >
          <span className="call-face pulse">
            <PhoneIncoming size={22} aria-hidden="true" />
          </span>
          <div className="call-window-who">
            <h1 title={call.name}>
              <bdi>{call.name}</bdi>
            </h1>
            <p title={call.address}>
              <bdi>{call.address || say('is calling')}</bdi>
            </p>
          </div>
          <div className="call-window-keys">
            <Button
              size="3"
              variant="soft"
              color="red"
              disabled={pressed === 'yes'}
              onClick={press('decline')}
            >
              <PhoneOff size={18} aria-hidden="true" /> {say('Decline')}
            </Button>
            <Button size="3" className="accept" disabled={pressed === 'yes'} onClick={press('answer')}>
              <Phone size={18} aria-hidden="true" /> {say('Answer')}
            </Button>
          </div>
        </div>
      </main>
    </Theme>
  )
}
