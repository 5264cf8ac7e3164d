import { expect, test } from 'vitest'
import type { ErrorData } from '../../../common/kit/errors.ts'
import { initialAppState } from '../../../common/model/app-state.ts'
import type { IceServer } from '../../../common/model/settings.ts'
import { anError } from '../../../renderer/gallery/people.ts'
import { toIceServers } from '../../../renderer/view/ice-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const stun: IceServer = { urls: 'stun:stun.example' }
const turn = { urls: 'turns:turn.example', username: 'mina' }
const withServers = (iceServers: IceServer[], kept: (typeof turn)[] = []) => ({
  ...initialAppState,
  settings: { ...initialAppState.settings, iceServers },
  turnLogins: kept,
})

test('each TURN server tells whether its password is kept; STUN needs none', () => {
  const { actions } = rememberActions()
  const ada = { ...turn, username: 'ada' }
  const view = toIceServers(withServers([stun, turn, ada, { urls: 'turn:x' }], [turn]), actions)
  expect(view.servers.map(({ password }) => password)).toEqual([undefined, 'kept', 'missing', undefined])
  expect(view.servers.map(({ note }) => note)).toEqual([
    undefined,
    'mina, password kept',
    'ada, not used: no password',
    'not used: it needs a user name',
  ])
  expect(view.servers[0]?.keepPassword).toBeUndefined()
})

test('a new server comes after its password, so that the phone learns of both at once', async () => {
  const { actions, calls } = rememberActions()
  expect(await toIceServers(withServers([stun]), actions).add(turn, 'hush')).toBe(true)
  expect(calls).toEqual([
    ['ask', 'settings.keepTurnPassword', { ...turn, password: 'hush' }],
    ['change', { iceServers: [stun, turn] }],
  ])
})

test('a server that is there already gets the new password and no second row', async () => {
  const { actions, calls } = rememberActions()
  await toIceServers(withServers([turn]), actions).add(turn, 'hush')
  expect(calls.map(([name]) => name)).toEqual(['ask'])
})

test('a password that could not be kept adds nothing', async () => {
  const { actions, calls } = rememberActions()
  const failing = { ...actions, ask: async (): Promise<ErrorData> => anError('app.unexpected') }
  expect(await toIceServers(withServers([]), failing).add(turn, 'hush')).toBe(false)
  expect(calls).toEqual([])
})
