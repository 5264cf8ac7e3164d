// A change of the network is told once, and not after the call.
import { afterEach, expect, it, vi } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import { watchNetwork } from '../../../renderer/phone/network-change.ts'

afterEach(() => void vi.unstubAllGlobals())

it('a network that came back is told once for each time, until the scope ends', async () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  const scope = createScope('call')
  const changed = watchNetwork(scope)
  expect(changed()).toBe(false)
  page.dispatchEvent(new Event('online'))
  expect([changed(), changed()]).toEqual([true, false])
  await scope.end()
  page.dispatchEvent(new Event('online'))
  expect(changed()).toBe(false)
})
