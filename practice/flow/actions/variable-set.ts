// `variable_set`: later actions see it as `${key}`.
import { type Action, fill } from '../action.ts'

export const variableSet: Action = ({ live }, option) => {
  if (typeof option.key === 'string') live.variables.set(option.key, fill(live, option.value))
}
