// What a failed sign-in means in a sandbox reaches the state, and only there (contract I.36 to I.39).
import { expect, it, onTestFinished } from 'vitest'
import { AppError, type ErrorCode } from '../../../common/kit/errors.ts'
import type { Environment } from '../../../common/model/settings.ts'
import { createApp } from '../../../main/app.ts'
import { createPlatform } from '../../../main/platform/create-platform.ts'
import { createTestHost } from '../../support/test-host.ts'

async function signInFails(environment: Environment, code: ErrorCode): Promise<string> {
  const host = createTestHost()
  const fails = () => Promise.reject(new AppError(code, { detail: 'api:8443' }))
  const app = createApp(host, {
    createPlatform: (options) => ({ ...createPlatform(options), customer: fails, me: fails }),
  })
  onTestFinished(async () => {
    await app.close()
    host.remove()
  })
  await app.handlers['settings.change']({ patch: { environment, apiUrl: 'https://127.0.0.1:9' } })
  const signIn = app.handlers['account.signIn']({ by: 'accessKey', accessKey: 'vb_x' })
  const said = await signIn.then(
    () => 'signed in',
    (error: AppError) => error.code,
  )
  const { account } = app.store.getState()
  expect(account).toMatchObject({ status: 'failed', error: { code: said } })
  return said
}

it.each([
  ['network.refused', 'sandbox.notRunning'],
  ['network.nameUnknown', 'sandbox.dns'],
  ['account.rejected', 'account.rejected'],
  ['network.untrusted', 'network.untrusted'],
] as const)('%s is %s in a sandbox and itself elsewhere', async (code, inSandbox) => {
  expect(await signInFails('sandbox', code)).toBe(inSandbox)
  expect(await signInFails('custom', code)).toBe(code)
})
