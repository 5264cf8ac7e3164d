// A failure where it happened: what, what to do, on demand why, and the foreign side's own words.
import { CircleAlert } from 'lucide-react'
import { type ErrorData, errorTable } from '../../common/kit/errors.ts'
import { say } from '../../common/words/say.ts'
import { TrustOffer } from './TrustOffer.tsx'

interface Props {
  error: ErrorData
  compact?: boolean
  /** What failed, once more: offered where the cause can be cleared right here. */
  retry?: (() => void) | undefined
}

export function ErrorNote({ error, compact = false, retry }: Props) {
  const detail = [
    error.detail,
    error.status === undefined ? undefined : say('status {status}', { status: error.status }),
    error.requestId && say('request {requestId}', { requestId: error.requestId }),
    error.code,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <div className={compact ? 'error-note compact' : 'error-note'} data-code={error.code}>
      <CircleAlert size={16} aria-hidden="true" />
      <div>
        <p className="error-say">{say(error.say)}</p>
        <p className="error-remedy">
          <Words text={say(error.remedy)} />
        </p>
        <Why code={error.code} />
        <p className="error-detail" dir="auto">
          {detail}
        </p>
        <TrustOffer error={error} retry={retry} />
      </div>
    </div>
  )
}

/** The most likely cause, and the section of the troubleshooting page that has the longer story. */
function Why({ code }: Pick<ErrorData, 'code'>) {
  const { why, help } = errorTable[code]
  const section = help.replaceAll('-', ' ')
  const page = `docs/troubleshooting.md, “${section.charAt(0).toUpperCase()}${section.slice(1)}”`
  return (
    <details className="error-why">
      <summary>{say('Why?')}</summary>
      <Words text={say(why)} /> {say('More in {page}.', { page })}
    </details>
  )
}

/** A text of the error table: what stands in backticks is to be typed as it is. */
export function Words({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  )
}
