// `ai_summary`: makes the object; its content is what practice knows of the call, no model is asked.
import { createSummary } from '../../call/summary.ts'
import type { Action } from '../action.ts'

export const aiSummary: Action = ({ world, live }, option) => {
  const language = typeof option.language === 'string' ? option.language : 'en-US'
  const summary = createSummary(world, live.call.customer_id, 'call', live.call.id, language)
  live.variables.set('voipbin.ai_summary.content', summary.content)
}
