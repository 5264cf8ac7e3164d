// How long ago a proof was, kept up to date.
import { say } from '../../common/words/say.ts'
import { useNow } from '../state/companion.tsx'
import { toAge, toClock } from '../view/format.ts'

export const Age = ({ at }: { at: number }) => <>{toAge(useNow() - at)}</>

/** A running clock since `at`. */
export const Elapsed = ({ at }: { at: number }) => <>{toClock(useNow() - at)}</>

/** Seconds until `at`. */
export function Until({ at }: { at: number }) {
  const s = Math.max(0, Math.ceil((at - useNow()) / 1000))
  return <>{s > 0 ? say('again in {s} s', { s }) : say('trying again')}</>
}
