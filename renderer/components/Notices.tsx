// What a person should know now: main's notices and failures of this window's clicks, each to be dismissed.
import { IconButton } from '@radix-ui/themes'
import { X } from 'lucide-react'
import type { ErrorCode } from '../../common/kit/errors.ts'
import { say } from '../../common/words/say.ts'
import { useActions, useCopy, useUi } from '../state/companion.tsx'
import { ErrorNote } from './ErrorNote.tsx'
import { SignInAgain } from './SignInAgain.tsx'

const most = 3
/** Told where a person may be in a call: they sign in again right there. */
const endings = new Set<ErrorCode>(['account.expiring', 'account.expired', 'account.keyEnded'])

export function Notices() {
  const own = useUi((ui) => ui.notices)
  const notices = useCopy(({ app }) => app.notices)
  const actions = useActions()
  const all = [...notices, ...own].sort((a, b) => a.at - b.at)
  return (
    <section className="notices" aria-label={say('Notices')} aria-live="polite">
      {all.length > most ? (
        <p className="notices-more">
          {say('{n, plural, one {# older notice} other {# older notices}}', { n: all.length - most })}
        </p>
      ) : null}
      {all.slice(-most).map((notice) => (
        <div className="notice" key={notice.id}>
          <div className="stack notice-words">
            <ErrorNote error={notice.error} />
            {endings.has(notice.error.code) ? <SignInAgain start="closed" /> : null}
          </div>
          <IconButton
            variant="ghost"
            color="gray"
            size="1"
            aria-label={say('Dismiss')}
            onClick={() => actions.dismiss(notice.id)}
          >
            <X size={16} />
          </IconButton>
        </div>
      ))}
    </section>
  )
}
