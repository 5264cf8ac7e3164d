// Who may do what: the table of contract B.4 and the sentence for whoever may not.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { SignedIn } from '../../../common/model/account.ts'
import {
  type Ability,
  abilities,
  abilityNames,
  may,
  toStanding,
  whyNot,
} from '../../../common/model/roles.ts'

const base = { customerId: 'c', apiUrl: 'https://api.example', provenAt: 0, kept: 'memory' } as const
const user = (role: SignedIn['role']): SignedIn => ({ ...base, role, agentId: 'a', credential: 'password' })
const key: SignedIn = { ...base, role: 'admin', credential: 'accessKey' }
const everything: readonly Ability[] = abilityNames

const allowed = (who: SignedIn) => everything.filter((ability) => may(who, ability))
const signedIn = (who: SignedIn) => ({ status: 'signedIn', ...who }) as const

test('[B.4] an administrator may do everything that is offered', () => {
  expect(allowed(user('admin'))).toEqual(everything)
  expect(allowed(user('superAdmin'))).toEqual(everything)
})

test('[B.4] a manager may do everything but keys, webhook and balance', () => {
  expect(everything.filter((ability) => !may(user('manager'), ability))).toEqual([
    'accessKeys',
    'webhooks',
    'balance',
  ])
})

test('[C.10] a plain agent has its phone, its own calls and itself', () => {
  expect(allowed(user('agent'))).toEqual(['phone', 'ownCalls', 'self'])
})

test('[B.2] an access key may what an administrator may, but is nobody', () => {
  expect(toStanding(key)).toBe('accessKey')
  expect(everything.filter((ability) => !may(key, ability))).toEqual(['self'])
})

test('who may not is told in one sentence what it needs and what it is', () => {
  expect(whyNot(signedIn(user('agent')), 'placeCalls')).toBe(
    'Placing calls through the platform needs the manager or admin permission; this account is an agent. Calls to it ring here, and its phone can dial.',
  )
  expect(whyNot(signedIn(user('manager')), 'accessKeys')).toBe(
    'Seeing, creating or deleting access keys needs the admin permission; this account is a manager.',
  )
  expect(whyNot(signedIn(key), 'self')).toContain('needs a user name and password; this is an access key.')
})

test('who may, and who is not signed in, is told nothing', () => {
  expect(whyNot(signedIn(key), 'accessKeys')).toBeUndefined()
  expect(whyNot({ status: 'signedOut' }, 'placeCalls')).toBeUndefined()
})

test('docs/roles.md has every row of the table', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/roles.md'), 'utf8')
  for (const { title, may: who } of Object.values(abilities)) {
    const cells = (['agent', 'manager', 'admin', 'accessKey'] as const).map((standing) =>
      (who as readonly string[]).includes(standing) ? 'yes' : 'no',
    )
    expect(page).toContain(`| ${title.text} | ${cells.join(' | ')} |`)
  }
})
