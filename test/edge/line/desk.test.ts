// A person at the real window on the real edge: dials, is called, holds, transfers, connects two; judged by the others.
import { afterEach, expect, it } from 'vitest'
import { shellsHere } from '../../support/companion-window.ts'
import { until } from '../../support/until.ts'
import { nowMs } from '../peer/facts.ts'
import { refreshed } from '../support/refreshed.ts'
import { sitDown } from './desk.ts'

const closings: (() => unknown)[] = []
const add = (close: () => unknown) => void closings.push(close)
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

it.each(shellsHere)(
  'in %s: dialled and busy, then called, held, resumed, and sent to somebody else',
  async (shell) => {
    const { page, bob, talk, chord, sees, expectNoErrors } = await sitDown(shell, add)

    await page.getByRole('textbox', { name: 'Whom to call' }).fill('2001')
    await page.keyboard.press('Enter')
    const dialled = await bob.nextInvitation()
    dialled.ring()
    await sees(/^Ringing$/)
    dialled.refuse(486)
    await sees(/Busy/)
    await page.getByRole('button', { name: 'Call 2001 again' }).waitFor()

    const call = await talk()
    await chord('L')
    await sees('On hold by you')
    expect((await call.received('INVITE')).body).toContain('a=sendonly')
    await page.getByRole('button', { name: 'Hold', pressed: true }).click()
    expect((await call.received('INVITE', 2)).body).toContain('a=sendrecv')
    await until('the hold to be gone', async () => (await page.getByText('On hold by you').count()) === 0)

    await chord('X')
    await page.getByRole('textbox', { name: 'Transfer to' }).fill('2001')
    await page.keyboard.press('Enter')
    const sent = await bob.nextInvitation()
    sent.ring()
    await sees('It rings at 2001')
    await sent.answer()
    await sees(/Transferred to 2001/)
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
    expectNoErrors()
  },
  180_000,
)

it.each(shellsHere)(
  'in %s: two calls, called first, swapped, and connected with each other',
  async (shell) => {
    const { page, bob, talk, chord, sees, expectNoErrors } = await sitDown(shell, add)
    const call = await talk()
    await chord('X')
    await page.getByRole('textbox', { name: 'Transfer to' }).fill('2001')
    await page.getByRole('button', { name: 'Call first' }).click()
    const bobsCall = await (await bob.nextInvitation()).answer()
    await bobsCall.heard.sound()

    const front = page.getByRole('region', { name: 'Call', exact: true }).getByRole('heading', { level: 1 })
    expect(await front.textContent()).toBe('2001')
    await page
      .getByRole('region', { name: 'Second call: +1 5550100' })
      .getByText(/on hold/)
      .waitFor()
    await chord('S')
    await page
      .getByRole('region', { name: 'Second call: 2001' })
      .getByText(/on hold/)
      .waitFor()
    expect(await front.textContent()).toBe('+1 5550100')
    await chord('S')
    await page
      .getByRole('region', { name: 'Second call: +1 5550100' })
      .getByText(/on hold/)
      .waitFor()

    await page.getByRole('button', { name: 'Connect' }).click()
    const replacing = await bob.nextInvitation()
    expect(replacing.replaces).toBe(bobsCall)
    await replacing.answer()
    await sees('Waiting for calls')
    await Promise.all([call.ended(), bobsCall.ended()])
    expectNoErrors()
  },
  180_000,
)

it.each(shellsHere)(
  'in %s: keys, and an edge that restarts in a call, which goes on',
  async (shell) => {
    const { page, edge, talk, chord, expectNoErrors } = await sitDown(shell, add)
    const call = await talk()
    await page.keyboard.type('147')
    await chord('K')
    for (const name of ['2', 'star', 'hash']) await page.getByRole('button', { name, exact: true }).click()
    await call.heard.digit('#')
    expect(call.heard.digits).toBe('1472*#')

    const restartedAt = Date.now()
    await edge.restart()
    await edge.log.next('register', { status: 200 }, restartedAt)
    // From the new socket the phone tells the far end where it is.
    expect((await refreshed(edge, call)).body).toContain('a=sendrecv')
    await call.heard.sound(nowMs())
    await page.keyboard.type('9')
    await call.heard.digit('9')
    expect((await call.bye()).status).toBe(200)
    await page
      .getByText(/They hung up/)
      .first()
      .waitFor()
    // The browser tells of the socket that broke, and nothing else is wrong.
    expectNoErrors(/WebSocket/)
  },
  180_000,
)
