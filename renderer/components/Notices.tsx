// What a person should know now: main's notices and failures of this window's clicks, each to be dismissed.
import { IconButton } from '@radix-ui/themes'
import { X } from 'lucide-react'
import { useActions, useCopy, useUi } from '../state/companion.tsx'
import { ErrorNote } from './ErrorNote.tsx'

const most = 3

export function Notices() {
  const own = useUi((ui) => ui.notices)
  const notices = useCopy(({ app }) => app.notices)
  const actions = useActions()
  const all = [...notices, ...own].sort((a, b) => a.at - b.at)
  return (
    <section className="notices" aria-label="Notices" aria-live="polite">
      {all.length > most ? <p className="notices-more">{all.length - most} older notices</p> : null}
      {all.slice(-most).map((notice) => (
        <div className="notice" key={notice.id}>
          <ErrorNote error={notice.error} />
          <IconButton
            variant="ghost"
            color="gray"
            size="1"
            aria-label="Dismiss"
            onClick={() => actions.dismiss(notice.id)}
          >
            <X size={16} />
          </IconButton>
        </div>
      ))}
    </section>
  )
}
