// The whole of main for one test: closed, with its windows, when the test ends.
import { onTestFinished } from 'vitest'
import { createScope } from '../../common/kit/scope.ts'
import { createApp } from '../../main/app.ts'
import { createTestHost } from './test-host.ts'

export function openMain(openPractice?: Parameters<typeof createTestHost>[0]) {
  const host = createTestHost(openPractice)
  const app = createApp(host)
  const scope = createScope('windows')
  onTestFinished(async () => {
    await app.close()
    await scope.end()
    host.remove()
  })
  return { host, app, scope }
}
