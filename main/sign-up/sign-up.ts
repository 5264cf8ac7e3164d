// Making an account from inside: one form, whichever way the server finishes it. The key that comes back signs in.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { SignUp } from '../../common/model/sign-up.ts'
import type { SignUpClient } from '../platform/sign-up.ts'

export interface SignUpFeature {
  /** Also once more, for another code. */
  start(input: { email: string; name: string }): Promise<void>
  confirm(code: string): Promise<void>
  leave(): void
}

export interface SignUpParts {
  slice: Slice<SignUp>
  client: SignUpClient
  /** Where the server has to be started first. */
  prepare(): Promise<void>
  /** Keeps the new key, then signs in with it. */
  signIn(accessKey: string): Promise<void>
  now?: () => number
}

/** A code that was tried too often, or a server that wants a link, cannot be mended by another code. */
const isHopeless = (error: AppError) =>
  error.code !== 'signUp.wrongCode' && error.code !== 'platform.rateLimited'

export function createSignUp(parts: SignUpParts): SignUpFeature {
  const { slice, client } = parts
  const now = parts.now ?? Date.now
  /** Proves the address together with the code: never leaves main. */
  let tempToken: string | undefined
  /** Grows with every wish: an answer for an older one is dropped. */
  let wish = 0

  const check = (own: number) => {
    if (own !== wish) throw new AppError('app.stopped', { detail: 'sign-up' })
  }
  const fail = (own: number, email: string, thrown: unknown): AppError => {
    const error = toAppError(thrown)
    if (own === wish) slice.set({ status: 'failed', email, error: error.toData() })
    return error
  }
  /** The account is made: whether its key signs in now is told by the account, and the key is safe before. */
  const finish = async (email: string, confirmBy: 'code' | 'link', accessKey: string) => {
    tempToken = undefined
    slice.set({ status: 'done', email, confirmBy })
    await parts.signIn(accessKey)
  }
  const ask = async (input: { email: string; name: string }, own: number) => {
    try {
      await parts.prepare()
      const started = await client.start(input)
      check(own)
      return started
    } catch (thrown) {
      throw fail(own, input.email, thrown)
    }
  }

  return {
    async start({ email, name }) {
      const own = ++wish
      tempToken = undefined
      slice.set({ status: 'sending', email })
      const started = await ask({ email, name }, own)
      if (started.finish === 'link') return finish(email, 'link', started.accessKey)
      tempToken = started.tempToken
      slice.set({ status: 'code', email, sentAt: now() })
    },
    async confirm(code) {
      const state = slice.get()
      if (state.status !== 'code' || tempToken === undefined)
        throw new AppError('app.inputInvalid', { detail: 'no code is awaited' })
      const { email, sentAt } = state
      const own = ++wish
      slice.set({ status: 'checking', email, sentAt })
      const accessKey = await client.confirm({ tempToken, code }).catch((thrown: unknown) => {
        const error = toAppError(thrown)
        if (isHopeless(error)) throw fail(own, email, error)
        if (own === wish) slice.set({ status: 'code', email, sentAt, error: error.toData() })
        throw error
      })
      check(own)
      await finish(email, 'code', accessKey)
    },
    leave() {
      wish++
      tempToken = undefined
      slice.set({ status: 'none' })
    },
  }
}
