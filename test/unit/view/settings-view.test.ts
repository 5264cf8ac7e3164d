import { expect, test } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { initialAppState } from '../../../common/model/app-state.ts'
import { aSignIn, now, signedInApp } from '../../../renderer/gallery/people.ts'
import { noCredentials, toKnown, toSignIn } from '../../../renderer/view/credentials.ts'
import {
  checkText,
  parseIceServer,
  toAbilities,
  toAccount,
  toExtension,
} from '../../../renderer/view/settings-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const { actions } = rememberActions()

test('a mistake in an address is said in words; empty means the default', () => {
  expect(checkText('apiUrl', '')).toBeUndefined()
  expect(checkText('apiUrl', 'https://api.example.com')).toBeUndefined()
  expect(checkText('apiUrl', 'ftp://x')).toContain('https://')
  expect(checkText('edgeUrl', 'https://x')).toContain('wss://')
  expect(checkText('extension', 'two words')).toContain('at most 32')
  expect(checkText('language', 'English')).toContain('en-US')
})

test('a STUN or TURN server is checked before it can be added', () => {
  expect(parseIceServer({ urls: ' stun:a:3478 ', username: '' })).toEqual({ server: { urls: 'stun:a:3478' } })
  expect(parseIceServer({ urls: 'turns:a', username: 'mina' }).server).toEqual({
    urls: 'turns:a',
    username: 'mina',
  })
  expect(parseIceServer({ urls: 'turn:a', username: '' })).toMatchObject({
    wrong: expect.stringContaining('user name'),
  })
  expect(parseIceServer({ urls: 'http://a', username: '' }).wrong).toContain('stun:')
})

test('a sign-in is asked for only when its fields are complete', () => {
  expect(toSignIn(noCredentials)).toBeUndefined()
  expect(toSignIn({ ...noCredentials, accessKey: ' key ' })).toEqual({ by: 'accessKey', accessKey: 'key' })
  expect(toSignIn({ ...noCredentials, by: 'password', username: 'mina' })).toBeUndefined()
  expect(toSignIn({ ...noCredentials, by: 'password', username: 'mina', password: ' p ' })).toEqual({
    by: 'password',
    username: 'mina',
    password: ' p ',
  })
})

test('the account tells role, expiry and where the secret is kept', () => {
  const facts = Object.fromEntries(
    toAccount(signedInApp, actions, now).facts.map(({ label, value }) => [label, value]),
  )
  expect(facts).toMatchObject({
    Role: 'Administrator',
    'Kept in': 'the key store of this system',
  })
  expect(facts.Expires).toContain('2026')
})

test('an extension can be renewed and removed only when it exists', () => {
  expect(toExtension(initialAppState, actions)).toMatchObject({
    provision: undefined,
    rotate: undefined,
    remove: undefined,
  })
  const ready = toExtension(signedInApp, actions)
  expect(ready.provision).toBeUndefined()
  expect(ready.rotate).toBeDefined()
  expect(ready.remove).toBeDefined()
  expect(ready.fixed).toBeUndefined()
})

test('an agent can neither renew nor remove its extension, and is told who can', () => {
  const { account } = signedInApp
  if (account.status !== 'signedIn') throw new Error('not signed in')
  const agent = { ...signedInApp, account: { ...account, role: 'agent' as const } }
  expect(toExtension(agent, actions)).toMatchObject({ rotate: undefined, remove: undefined })
  expect(toExtension(agent, actions).fixed).toContain('needs the manager or admin permission')
})

test('[B.4] what a role may do is listed, and what not with its reason', () => {
  const { account } = signedInApp
  if (account.status !== 'signedIn') throw new Error('not signed in')
  const agent = toAbilities({ account: { ...account, role: 'agent' } })
  const closed = agent.filter(({ allowed }) => !allowed)
  expect(closed.map(({ text }) => text)).toContain(
    'Placing calls through the platform needs the manager or admin permission. Calls to it ring here, and its phone can dial.',
  )
  expect(agent.length - closed.length).toBe(3)
  expect(toAbilities({ account: { status: 'signedOut' } })).toEqual([])
})

test('a frozen account says so with its date, and can look again', () => {
  const { account } = signedInApp
  if (account.status !== 'signedIn') throw new Error('not signed in')
  const frozen = { ...account, customerStatus: 'frozen', deletionAskedAt: now }
  const view = toAccount({ ...signedInApp, account: frozen }, actions, now)
  expect(view.trouble).toMatchObject({
    code: 'account.frozen',
    detail: expect.stringContaining('2026-11-20'),
  })
  expect(view.check).toBeDefined()
})

test('who signs in again finds their name there; a key has none', () => {
  const expired = { status: 'expired', error: new AppError('account.expired').toData() } as const
  expect(toKnown({ ...expired, username: 'mina@acme.example', credential: 'token' })).toMatchObject({
    by: 'password',
    username: 'mina@acme.example',
  })
  expect(toKnown({ ...expired, credential: 'accessKey' })).toEqual(noCredentials)
  expect(toKnown({ status: 'signedOut' })).toEqual(noCredentials)
})

test('an expired sign-in asks for the same person, except on practice, which has its own way in', () => {
  const error = new AppError('account.expired').toData()
  const account = { status: 'expired', error } as const
  const at = (environment: 'production' | 'practice') =>
    toAccount({ ...signedInApp, account, settings: { ...signedInApp.settings, environment } }, actions, now)
  expect(at('production').status).toBe('expired')
  expect(at('practice').status).toBe('refused')
})

test('a customer that is not confirmed is told so and can look again', () => {
  const { actions, calls } = rememberActions()
  const account = { status: 'signedIn', ...aSignIn, customerStatus: 'initial' } as const
  const view = toAccount({ ...signedInApp, account }, actions, now)
  expect(view.trouble?.code).toBe('account.initial')
  view.check?.()
  expect(calls).toEqual([['ask', 'account.look', {}]])
})
