// The rules of telephone numbers, loaded when somebody begins to type one: they are as large as all the screens.
import { useEffect, useState } from 'react'
import type { NumberRules } from '../view/dial-view.ts'

let loaded: NumberRules | undefined
let loading: Promise<NumberRules> | undefined

/** Nothing until they are there; without them a number is dialled all the same. */
export function useNumberRules(wanted: boolean): NumberRules | undefined {
  const [rules, setRules] = useState(loaded)
  useEffect(() => {
    if (!wanted || rules) return
    let gone = false
    loading ??= import('../../common/kit/phone-number.ts')
    loading.then(
      (module) => {
        loaded = module
        if (!gone) setRules(() => module)
      },
      () => {
        // The next number tries again.
        loading = undefined
      },
    )
    return () => {
      gone = true
    }
  }, [wanted, rules])
  return rules
}
