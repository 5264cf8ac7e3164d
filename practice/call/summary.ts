// AI summaries: the object and its events. No model is asked: the content says what practice knows (contract C.8).
import { NIL, type Summary } from '../store/resources.ts'
import type { World } from '../world.ts'

export function createSummary(
  world: World,
  customerId: string,
  referenceType: string,
  referenceId: string,
  language: string,
): Summary {
  const { store } = world
  const summary = store.summaries.add({
    ...store.row(customerId),
    activeflow_id: NIL,
    on_end_flow_id: NIL,
    reference_type: referenceType,
    reference_id: referenceId,
    status: 'progressing',
    language,
    content: '',
  })
  world.events.publish('summary_created', summary)
  store.summaries.change(summary, { status: 'done', content: describe(world, referenceId) })
  world.events.publish('summary_updated', summary)
  return summary
}

function describe(world: World, referenceId: string): string {
  const transcribes = world.store.transcribes.all(
    (row) => row.id === referenceId || row.reference_id === referenceId,
  )
  const ids = new Set(transcribes.map((row) => row.id))
  const lines = world.store.transcripts.all((row) => ids.has(row.transcribe_id))
  const words = lines.reduce((sum, line) => sum + line.message.split(/\s+/).length, 0)
  return `Practice has no AI. ${lines.length} lines were transcribed, ${words} words in all.`
}
