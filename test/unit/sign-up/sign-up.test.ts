// Making an account: both flows of the server, and what each of its refusals leads to (contract B.3, I.1 to I.4).
import { describe, expect, it } from 'vitest'
import { AppError, type ErrorCode } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { SignUp } from '../../../common/model/sign-up.ts'
import type { SignUpClient, SignUpStarted } from '../../../main/platform/sign-up.ts'
import { createSignUp } from '../../../main/sign-up/sign-up.ts'

function aHouse(started: SignUpStarted | ErrorCode, confirmed: string | ErrorCode = 'vb_new') {
  const slice = createSlice<SignUp>({ status: 'none' })
  const asked: unknown[] = []
  const client: SignUpClient = {
    async start(input) {
      asked.push(input)
      if (typeof started === 'string') throw new AppError(started)
      return started
    },
    async confirm(input) {
      asked.push(input)
      if (!confirmed.startsWith('vb_')) throw new AppError(confirmed as ErrorCode)
      return confirmed
    },
    forgotPassword: async () => {},
  }
  const keys: string[] = []
  const signUp = createSignUp({
    slice,
    client,
    prepare: async () => void asked.push('prepared'),
    signIn: async (key) => void keys.push(key),
    now: () => 5,
  })
  return { signUp, slice, asked, keys }
}
const ada = { email: 'ada@example.com', name: 'Ada' }

describe('signing up', () => {
  it('where the server answers with a key, signs in with it at once', async () => {
    const { signUp, slice, keys, asked } = aHouse({ finish: 'link', accessKey: 'vb_new' })
    await signUp.start(ada)
    expect(slice.get()).toEqual({ status: 'done', email: ada.email, confirmBy: 'link' })
    expect(keys).toEqual(['vb_new'])
    expect(asked).toEqual(['prepared', ada])
  })

  it('where the server wants a code, waits for it and signs in then; its token stays inside', async () => {
    const { signUp, slice, keys, asked } = aHouse({ finish: 'code', tempToken: 't-1' })
    await signUp.start(ada)
    expect(slice.get()).toEqual({ status: 'code', email: ada.email, sentAt: 5 })
    await signUp.confirm('123456')
    expect(asked.at(-1)).toEqual({ tempToken: 't-1', code: '123456' })
    expect(slice.get()).toEqual({ status: 'done', email: ada.email, confirmBy: 'code' })
    expect(keys).toEqual(['vb_new'])
  })

  it('[I.1] that is refused is told', async () => {
    const { signUp, slice, keys } = aHouse('signUp.refused')
    await expect(signUp.start(ada)).rejects.toMatchObject({ code: 'signUp.refused' })
    expect(slice.get()).toMatchObject({ status: 'failed', error: { code: 'signUp.refused' } })
    expect(keys).toEqual([])
  })

  it('[I.2] with a wrong code waits for the right one', async () => {
    const { signUp, slice } = aHouse({ finish: 'code', tempToken: 't-1' }, 'signUp.wrongCode')
    await signUp.start(ada)
    await expect(signUp.confirm('000000')).rejects.toMatchObject({ code: 'signUp.wrongCode' })
    expect(slice.get()).toMatchObject({ status: 'code', error: { code: 'signUp.wrongCode' } })
  })

  it.each([
    ['[I.3]', 'signUp.tooManyTries'],
    ['[I.4]', 'signUp.confirmByLink'],
  ] as const)('%s ends with %s: no other code would help', async (_rule, code) => {
    const { signUp, slice } = aHouse({ finish: 'code', tempToken: 't-1' }, code)
    await signUp.start(ada)
    await expect(signUp.confirm('000000')).rejects.toMatchObject({ code })
    expect(slice.get()).toMatchObject({ status: 'failed', error: { code } })
  })

  it('that was given up drops its late answer', async () => {
    const { signUp, slice, keys } = aHouse({ finish: 'link', accessKey: 'vb_new' })
    const going = signUp.start(ada).catch((error) => error.code)
    signUp.leave()
    expect(await going).toBe('app.stopped')
    expect(slice.get()).toEqual({ status: 'none' })
    expect(keys).toEqual([])
  })
})
