// `digits_receive`: collects DTMF until the key, the length or the time (contract D).
import { type Action, amount } from '../action.ts'

export const digitsReceive: Action = async ({ live, scope }, option) => {
  const length = amount(option.length, 0, 100)
  const key = typeof option.key === 'string' ? option.key : ''
  let digits = ''
  await new Promise<void>((resolve) => {
    const finish = () => {
      stopListening()
      cancel()
      resolve()
    }
    const cancel = scope.after(amount(option.duration, 10_000), finish)
    const stopListening = live.leg.onDtmf((digit) => {
      digits += digit
      if (key.includes(digit) || (length > 0 && digits.length >= length)) finish()
    })
    scope.add(finish)
  })
  live.variables.set('voipbin.call.digits', digits)
}
