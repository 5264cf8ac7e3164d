// A failed sign-in in a sandbox, by its own causes (contract I.36 to I.40).
import { expect, it } from 'vitest'
import { AppError, type ErrorCode } from '../../../common/kit/errors.ts'
import { explainSandbox } from '../../../main/account/explain-sandbox.ts'

const byKey = { by: 'accessKey', accessKey: 'vb_x' } as const
const asAdmin = { by: 'password', username: 'admin@localhost', password: 'x' } as const
const explain = async (code: ErrorCode, by: Parameters<typeof explainSandbox>[1] = byKey, voipbin = true) => {
  const error = new AppError(code, { detail: 'api.voipbin.test:8443', status: 400 })
  const { code: said, detail } = await explainSandbox(error, by, async () => voipbin)
  expect(detail).toBe('api.voipbin.test:8443')
  return said
}

it('[I36] nothing listens: Docker is not running', async () => {
  expect(await explain('network.refused')).toBe('sandbox.notRunning')
})
it('[I37] something else answers: port 8443 is taken', async () => {
  for (const code of ['platform.malformed', 'platform.notFound', 'network.unreachable'] as const) {
    expect(await explain(code, byKey, false)).toBe('sandbox.portTaken')
    expect(await explain(code, byKey, true)).toBe(code)
  }
})
it('[I38] a certificate of its own stays what it is: it can be looked at and pinned', async () => {
  expect(await explain('network.untrusted')).toBe('network.untrusted')
})
it('[I39] its own login is refused: its initialisation has not finished', async () => {
  expect(await explain('account.badPassword', asAdmin)).toBe('sandbox.notReady')
  expect(await explain('account.badPassword', { ...asAdmin, username: 'mina@x' })).toBe('account.badPassword')
})
it('[I40] its names are not found: its DNS is not in use', async () => {
  expect(await explain('network.nameUnknown')).toBe('sandbox.dns')
})
