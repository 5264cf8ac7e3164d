import { expect, test } from 'vitest'
import { initialAppState } from '../../../common/model/app-state.ts'
import { initialPhoneState } from '../../../common/model/phone.ts'
import { aSession, twoProfiles, withSessions } from '../../../renderer/gallery/people.ts'
import { checkProfileName, toProfiles } from '../../../renderer/view/profiles-view.ts'
import { toStatus } from '../../../renderer/view/status-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const several = { ...initialAppState, profiles: twoProfiles }

test('one profile leaves nothing to switch and nothing to remove', () => {
  const view = toProfiles(initialAppState, initialPhoneState, rememberActions().actions)
  expect(view).toMatchObject({ now: { name: 'Practice' }, options: undefined, remove: undefined })
  expect(view.add).toBeDefined()
})

test('several can be switched, renamed, removed and joined by another', async () => {
  const { actions, calls } = rememberActions()
  const view = toProfiles(several, initialPhoneState, actions)
  expect(view.options?.map(({ label }) => label)).toEqual(['Practice', 'Office'])
  view.use?.('default')
  view.rename('Desk')
  view.remove?.()
  await view.add?.('Lab', 'sandbox')
  expect(calls.map(([, name, input]) => [name, input])).toEqual([
    ['profile.use', { id: 'default' }],
    ['profile.rename', { id: 'office', name: 'Desk' }],
    ['profile.remove', { id: 'office' }],
    ['profile.add', { name: 'Lab', environment: 'sandbox' }],
  ])
})

test('while a call is up none of that is offered, and the reason is', () => {
  const view = toProfiles(several, withSessions(aSession()), rememberActions().actions)
  expect([view.use, view.remove, view.add]).toEqual([undefined, undefined, undefined])
  expect(view.blocked).toContain('A call is up')
})

test('the status names the profile, where there are several', () => {
  const label = (app: typeof several) => toStatus(app, initialPhoneState)[0]?.label
  expect(label(initialAppState)).toBe('Account')
  expect(label(several)).toBe('Office')
})

test('a name is checked', () => {
  expect(checkProfileName('Office')).toBeUndefined()
  expect(checkProfileName('  ')).toBe('Must not be empty')
  expect(checkProfileName('x'.repeat(41))).toContain('At most 40')
})
