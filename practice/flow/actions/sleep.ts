// `sleep`: keeps the call open.
import { type Action, amount } from '../action.ts'

export const sleep: Action = ({ scope }, option) => scope.sleep(amount(option.duration, 0))
