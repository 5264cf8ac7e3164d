// What the buttons of a call ask of the phone, and which failures become a notice.
import { expect, onTestFinished, test, vi } from 'vitest'
import type { MainCaller } from '../../../common/bridge/table.ts'
import { AppError, type ErrorCode } from '../../../common/kit/errors.ts'
import { say, speakIn } from '../../../common/words/say.ts'
import { createStandInPhone } from '../../../renderer/gallery/stand-in-phone.ts'
import { createCopyStore } from '../../../renderer/state/copy-store.ts'
import { createActions } from '../../../renderer/state/create-actions.ts'
import { createUiStore } from '../../../renderer/state/ui-store.ts'

function setUp(failure?: ErrorCode) {
  const asked: unknown[][] = []
  const remember =
    (name: string) =>
    async (...given: unknown[]) => {
      asked.push([name, ...given])
      if (failure) throw new AppError(failure)
      return ''
    }
  const phone = {
    ...createStandInPhone(),
    dial: remember('dial'),
    setHeld: async (...given: unknown[]) => void (await remember('setHeld')(...given)),
    swapTo: async (...given: unknown[]) => void (await remember('swapTo')(...given)),
    transfer: async (...given: unknown[]) => void (await remember('transfer')(...given)),
    transferTo: async (...given: unknown[]) => void (await remember('transferTo')(...given)),
  }
  const ui = createUiStore({
    screen: 'trace',
    dial: '2002',
    panel: 'transfer',
    transferTo: '2002',
    hidden: 'x',
  })
  const actions = createActions({ main: {} as MainCaller, phone, copy: createCopyStore(), ui })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { actions, asked, phone, ui, settled }
}

test('dialling goes to the call, empties the fields and remembers whom', async () => {
  const { actions, asked, ui } = setUp()
  actions.dial(' +49 30 123456 ')
  expect(asked).toEqual([['dial', ' +49 30 123456 ']])
  expect(ui.getState()).toMatchObject({
    screen: 'call',
    dial: '',
    transferTo: '',
    panel: 'closed',
    lastDialled: '+49 30 123456',
  })
})

test('an answer is on its way before another screen is drawn, and then the call is shown', async () => {
  const { actions, phone, ui } = setUp()
  const seen: string[] = []
  const answer = async ({ sessionId }: { sessionId: string }) => {
    // What follows within this task, as the 200 of a call whose answer is ready.
    await Promise.resolve()
    seen.push(sessionId, ui.getState().screen)
    return null
  }
  Object.assign(phone.handlers, { 'phone.answer': answer })
  actions.answer('s1')
  await vi.waitFor(() => expect(ui.getState().screen).toBe('call'))
  expect(seen).toEqual(['s1', 'trace'])
})

test('a transfer closes its panel, and its outcome is shown again', () => {
  const { actions, asked, ui } = setUp()
  actions.transfer('s1', '2002')
  actions.transferTo('s1', 's2')
  expect(asked).toEqual([
    ['transfer', 's1', '2002'],
    ['transferTo', 's1', 's2'],
  ])
  expect(ui.getState()).toMatchObject({ panel: 'closed', transferTo: '', hidden: undefined })
})

test.each(['call.targetUnknown', 'call.transferRefused', 'media.micDenied'] as const)(
  '%s stands at its call and is no notice besides',
  async (code) => {
    const { actions, ui, settled } = setUp(code)
    actions.dial('2002')
    actions.transfer('s1', '2002')
    actions.transferTo('s1', 's2')
    await settled()
    expect(ui.getState().notices).toEqual([])
  },
)

test('a call that could not even begin is a notice', async () => {
  const { actions, ui, settled } = setUp('sip.notRegistered')
  actions.dial('2002')
  await settled()
  expect(ui.getState().notices).toMatchObject([{ error: { code: 'sip.notRegistered' } }])
})

test('a hold that the other side refuses is a notice, because nothing else would show it', async () => {
  const { actions, ui, settled } = setUp('call.holdRefused')
  actions.setHeld('s1', true)
  await settled()
  expect(ui.getState().notices).toMatchObject([{ error: { code: 'call.holdRefused' } }])
})

test('the token of a new access key waits in the window until it is put away; a failure is returned', async () => {
  const ui = createUiStore()
  const phone = createStandInPhone()
  const make = (create: MainCaller['accessKey.create']) =>
    createActions({ main: { 'accessKey.create': create } as MainCaller, phone, copy: createCopyStore(), ui })
  const wish = { name: 'Laptop', use: false }
  const failed = await make(() => Promise.reject(new AppError('accessKey.lost'))).createAccessKey(wish)
  expect(failed?.code).toBe('accessKey.lost')
  expect(ui.getState().newKey).toBeUndefined()
  expect(await make(async () => ({ token: 'vb_new' })).createAccessKey(wish)).toBeUndefined()
  expect(ui.getState()).toMatchObject({ newKey: 'vb_new', notices: [] })
})

test('a call through the platform is placed once, however often it is pressed, and again after its answer', async () => {
  const ui = createUiStore({ through: true })
  const wishes: ((failure?: AppError) => void)[] = []
  const place = () =>
    new Promise<never>((resolve, reject) =>
      wishes.push((failure) => (failure ? reject(failure) : resolve({} as never))),
    )
  const main = { 'call.placeThrough': place as MainCaller['call.placeThrough'] } as MainCaller
  const actions = createActions({ main, phone: createStandInPhone(), copy: createCopyStore(), ui })
  const press = () => actions.dialThrough('+15550100001', '+49301234567')
  const first = press()
  await press()
  expect(wishes).toHaveLength(1)
  expect(ui.getState().placing).toBe(true)
  wishes[0]?.(new AppError('network.unreachable'))
  await first
  expect(ui.getState()).toMatchObject({ placing: false, through: true })
  const again = press()
  wishes[1]?.()
  await again
  expect(ui.getState()).toMatchObject({ placing: false, through: false, lastDialled: '+49301234567' })
})

test('what came of copying and saving is told in the language of the window', async () => {
  speakIn('pseudo')
  onTestFinished(() => speakIn('en'))
  const writeText = vi.fn(async () => {})
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  onTestFinished(() => void vi.unstubAllGlobals())
  const ui = createUiStore()
  const main = {
    'history.text': async () => ({ text: 'Mina: Hello' }),
    'history.export': async () => ({ savedTo: '/home/calls.txt' }),
  } as unknown as MainCaller
  const { history } = createActions({ main, phone: createStandInPhone(), copy: createCopyStore(), ui })
  const told = () => ui.getState().history.told
  expect(say('Copied')).not.toBe('Copied')
  await history.copy(['a'])
  expect(told()).toBe(say('Copied'))
  writeText.mockRejectedValueOnce(new Error('no'))
  await history.copy(['a'])
  expect(told()).toBe(say('The system did not allow to copy'))
  await history.save(['a'], 'txt')
  expect(told()).toBe(say('Saved as {file}', { file: '/home/calls.txt' }))
})
