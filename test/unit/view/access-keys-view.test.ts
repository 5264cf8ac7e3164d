// Access keys on the screen: for whom, and what is said before one is deleted.
import { expect, test } from 'vitest'
import type { AppState } from '../../../common/model/app-state.ts'
import { aSignIn, now, signedInApp } from '../../../renderer/gallery/people.ts'
import { noKey, parseNewKey, toAccessKeys } from '../../../renderer/view/access-keys-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const withKeys = (more: Partial<AppState['settings']> = {}): AppState => ({
  ...signedInApp,
  settings: { ...signedInApp.settings, ...more },
  accessKeys: {
    status: 'ready',
    readAt: now,
    keys: [
      { id: 'k1', name: 'practice', prefix: 'vb_1', inUse: true },
      { id: 'k2', name: 'Old', prefix: 'vb_2', expiresAt: now - 1, inUse: false },
    ],
  },
})

test('only whoever is signed in sees them, and only an administrator', () => {
  const { actions } = rememberActions()
  expect(toAccessKeys({ ...signedInApp, account: { status: 'signedOut' } }, actions, now)).toBeUndefined()
  for (const role of ['manager', 'agent'] as const) {
    const account = { status: 'signedIn', ...aSignIn, role } as const
    const view = toAccessKeys({ ...withKeys(), account }, actions, now)
    expect(view).toMatchObject({ keys: [], show: undefined })
    expect(view?.closed).toContain(role)
  }
})

test('deleting the key in use says what follows; the one of practice stays', () => {
  const { actions, calls } = rememberActions()
  const [own, old] = toAccessKeys(withKeys({ environment: 'production' }), actions, now)?.keys ?? []
  expect(own?.follows).toContain('sign in again')
  expect(old).toMatchObject({ ended: true, facts: expect.stringContaining('expired') })
  old?.remove?.()
  expect(calls).toEqual([['ask', 'accessKey.remove', { id: 'k2' }]])
  const [practice] = toAccessKeys(withKeys({ environment: 'practice' }), actions, now)?.keys ?? []
  expect(practice).toMatchObject({ remove: undefined, fixed: expect.stringContaining('practice') })
})

test('a key without a name is not asked for; one without an end has no days', () => {
  expect(parseNewKey(noKey)).toBeUndefined()
  expect(parseNewKey({ name: ' Laptop ', life: '', use: true })).toEqual({ name: 'Laptop', use: true })
  expect(parseNewKey({ name: 'Laptop', life: '30', use: false })).toEqual({
    name: 'Laptop',
    use: false,
    days: 30,
  })
})
