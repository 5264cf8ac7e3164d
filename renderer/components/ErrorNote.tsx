// A failure where it happened: what, what to do, and the foreign side's own words.
import { CircleAlert } from 'lucide-react'
import type { ErrorData } from '../../common/kit/errors.ts'
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
    error.status === undefined ? undefined : `status ${error.status}`,
    error.requestId && `request ${error.requestId}`,
    error.code,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <div className={compact ? 'error-note compact' : 'error-note'} data-code={error.code}>
      <CircleAlert size={16} aria-hidden="true" />
      <div>
        <p className="error-say">{error.say}</p>
        <p className="error-remedy">{error.remedy}</p>
        <p className="error-detail">{detail}</p>
        <TrustOffer error={error} retry={retry} />
      </div>
    </div>
  )
}
