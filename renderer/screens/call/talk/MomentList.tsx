// What was pinned and flagged in the call: a list that leads to each, or takes it away.
import { memo } from 'react'
import { Moments } from '../../../components/Moments.tsx'
import { useActions, useCompanion, useUi } from '../../../state/companion.tsx'
import type { MomentRow } from '../../../view/moments-view.ts'

interface Props {
  rows: readonly MomentRow[]
  historyId: string | undefined
}

export const MomentList = memo(function MomentList({ rows, historyId }: Props) {
  const { ui } = useCompanion()
  const actions = useActions()
  const listed = useUi(({ reading }) => reading.listed)
  if (!listed || rows.length === 0 || historyId === undefined) return null
  return (
    <Moments
      rows={rows}
      go={(id) =>
        ui.setState(({ reading }) => ({ reading: { ...reading, selected: id, place: { to: 'line', id } } }))
      }
      remove={(momentId) => void actions.ask('history.removeMoment', { id: historyId, momentId })}
    />
  )
})
