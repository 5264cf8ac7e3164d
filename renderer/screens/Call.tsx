// Call: who, how long, levels and keys on one side, the transcript and the speak panel on the other.
import { toHistoryId } from '../../common/model/history.ts'
import { useActions, useAppPart, usePhone } from '../state/companion.tsx'
import { toCall } from '../view/call-view.ts'
import { frontSession, lastEnded } from '../view/sessions.ts'
import { IdleCall } from './call/IdleCall.tsx'
import { OutgoingCall } from './call/OutgoingCall.tsx'
import { RingingCall } from './call/RingingCall.tsx'
import { RunningCall } from './call/RunningCall.tsx'
import { Talk } from './call/talk/Talk.tsx'

export function Call() {
  const phone = usePhone()
  const view = toCall(useAppPart('account', 'extension', 'links', 'people', 'bridged'), phone, useActions())
  if (view.phase === 'ringing') return <RingingCall view={view} />
  if (view.phase === 'calling') return <OutgoingCall view={view} />
  const callId = view.callId
  const session = frontSession(phone) ?? lastEnded(phone)
  const showTalk = view.phase === 'inCall' || callId !== undefined
  return (
    <div className="screen call" data-phase={view.phase} data-talk={showTalk}>
      {view.phase === 'idle' ? <IdleCall view={view} /> : <RunningCall view={view} />}
      {showTalk ? (
        <Talk
          callId={callId}
          sessionId={session?.id}
          historyId={session && toHistoryId(session)}
          answeredAt={session?.answeredAt}
          name={view.name}
          live={view.phase === 'inCall'}
        />
      ) : null}
    </div>
  )
}
