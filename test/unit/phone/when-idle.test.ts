// What would end a call waits for its end.
import { describe, expect, it } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import { initialPhoneState, type PhoneState } from '../../../common/model/phone.ts'
import { createPhoneMirror } from '../../../main/phone/phone-mirror.ts'
import { createWhenIdle } from '../../../main/phone/when-idle.ts'
import { aSession } from '../../../renderer/gallery/people.ts'

function open() {
  const mirror = createPhoneMirror()
  const scope = createScope('test')
  let runs = 0
  const ask = createWhenIdle(scope, mirror.store, async () => void runs++)
  const show = (status: PhoneState['sessions'][number]['status']) =>
    mirror.take({ ...initialPhoneState, sessions: [aSession({ status })] })
  return { mirror, scope, ask, show, runs: () => runs }
}

describe('without a call', () => {
  it('it is done at once, each time', async () => {
    const { ask, show, runs } = open()
    await ask()
    show('ended')
    await ask()
    expect(runs()).toBe(2)
  })
})

describe('while a call is up', () => {
  it('it waits for the end, and is done once however often it was asked', async () => {
    const { ask, show, runs } = open()
    show('established')
    await ask()
    await ask()
    expect(runs()).toBe(0)
    show('established')
    expect(runs()).toBe(0)
    show('ended')
    show('ended')
    expect(runs()).toBe(1)
  })

  it('it waits while one rings', async () => {
    const { ask, show, runs } = open()
    show('ringing')
    await ask()
    expect(runs()).toBe(0)
  })

  it('it is forgotten with the scope', async () => {
    const { ask, show, runs, scope } = open()
    show('established')
    await ask()
    await scope.end()
    show('ended')
    expect(runs()).toBe(0)
  })
})
