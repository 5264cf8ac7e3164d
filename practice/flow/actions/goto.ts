// `goto` and `branch`: go on at another action, named by its id.
import { type Action, amount, fill } from '../action.ts'

/** `loop_count` jumps, then on to the next action; without it once, so that no flow runs for ever. */
export const goTo: Action = ({ live }, option) => {
  const target = typeof option.target_id === 'string' ? option.target_id : ''
  const counter = `practice.goto.${target}`
  const done = Number(live.variables.get(counter) ?? '0')
  if (!target || done >= amount(option.loop_count, 1, 1000)) return
  live.variables.set(counter, String(done + 1))
  return { goto: target }
}

/** The target of the variable's value, else the default one. */
export const branch: Action = ({ live }, option) => {
  const variable = typeof option.variable === 'string' ? option.variable : 'voipbin.call.digits'
  const targets = (option.target_ids ?? {}) as Record<string, unknown>
  const target = targets[live.variables.get(variable) ?? ''] ?? option.default_target_id
  const id = fill(live, target)
  return id ? { goto: id } : undefined
}
