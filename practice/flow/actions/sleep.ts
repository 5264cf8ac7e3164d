// `sleep`: keeps the call open.
import { type Action, amount } from '../action.ts'

export const sleep: Action = async ({ scope }, option) => {
  await scope.sleep(amount(option.duration, 0))
}
