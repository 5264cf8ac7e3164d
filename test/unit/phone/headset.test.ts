// Headsets by WebHID: what their descriptions say, what their buttons mean, and how their lights keep step.
import { afterEach, describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createScope } from '../../../common/kit/scope.ts'
import {
  type Headset,
  initialPhoneState,
  type PhoneState,
  type Session,
} from '../../../common/model/phone.ts'
import { createButtonRules, type HeadsetCalls } from '../../../renderer/phone/headset/button-rules.ts'
import { openHeadsetDesk, toCalls } from '../../../renderer/phone/headset/headset.ts'
import { findTelephony, isDown, toLightReport } from '../../../renderer/phone/headset/telephony-fields.ts'
import { createFakeHeadset, createFakeHid } from '../../support/fake-headset.ts'
import { byTheBook, cheap, nested } from '../../support/headset-shapes.ts'

const view = (...bytes: number[]) => new DataView(Uint8Array.from(bytes).buffer)

describe('the description of a headset', () => {
  it('says where buttons and lights are, and of which kind', () => {
    const { buttons, lights } = findTelephony(byTheBook)
    expect(buttons).toEqual([
      { name: 'hook', kind: 'state', reportId: 2, bit: 0, size: 1 },
      { name: 'mute', kind: 'press', reportId: 2, bit: 2, size: 1 },
      { name: 'flash', kind: 'press', reportId: 2, bit: 3, size: 1 },
    ])
    expect(lights.map(({ name, bit }) => [name, bit])).toEqual([
      ['offHook', 0],
      ['mute', 1],
      ['ring', 2],
      ['hold', 3],
    ])
  })

  it('is read without report ids, behind a pad of keys, with a report for each light', () => {
    const { buttons, lights, outputBytes } = findTelephony(cheap)
    expect(buttons).toEqual([
      { name: 'hook', kind: 'either', reportId: 0, bit: 8, size: 1 },
      { name: 'mute', kind: 'either', reportId: 0, bit: 9, size: 1 },
    ])
    expect(lights).toEqual([
      { name: 'ring', reportId: 9, bit: 0 },
      { name: 'offHook', reportId: 10, bit: 8 },
    ])
    expect(outputBytes.get(10)).toBe(2)
  })

  it('that is nested is taken where it tells all, and an array by its values', () => {
    const { buttons, lights } = findTelephony(nested)
    expect(buttons.map(({ name, kind, reportId, bit }) => [name, kind, reportId, bit])).toEqual([
      ['mute', 'state', 5, 0],
      ['hook', 'state', 5, 1],
      ['flash', 'press', 6, 0],
      ['drop', 'press', 6, 0],
    ])
    expect(lights.map(({ name }) => name)).toEqual(['mute', 'offHook', 'ringer'])
    const [flash, drop] = buttons.slice(2)
    if (!flash || !drop) throw new Error('no keys')
    expect([isDown(flash, view(0, 2)), isDown(drop, view(0, 2))]).toEqual([false, true])
    expect([isDown(flash, view(1, 2)), isDown(drop, view(1, 2))]).toEqual([true, true])
  })

  it('without telephony, or broken, gives nothing and throws nothing', () => {
    const broken = [
      {},
      { inputReports: [{}] },
      { inputReports: [{ reportId: 1, items: [{}] }] },
      {
        inputReports: [
          {
            reportId: 1,
            items: [
              { isRange: true, usageMinimum: 0, usageMaximum: 2 ** 32 - 1, reportCount: 2, reportSize: 1 },
            ],
          },
        ],
      },
      { outputReports: [{ reportId: 2, items: [{ usages: [], reportCount: 3, reportSize: 1 }] }] },
    ]
    for (const one of broken) expect(findTelephony([one]).buttons).toEqual([])
    expect(findTelephony([])).toMatchObject({ buttons: [], lights: [] })
    const [hook] = findTelephony(byTheBook).buttons
    expect(hook && isDown(hook, view())).toBe(false)
  })

  it('makes one report of all lights in it', () => {
    const fields = findTelephony(byTheBook)
    expect([...toLightReport(fields, 3, new Set(['offHook', 'hold']))]).toEqual([0b1001])
    expect([...toLightReport(findTelephony(cheap), 10, new Set(['offHook']))]).toEqual([0, 1])
    expect([...toLightReport(findTelephony(nested), 7, new Set(['ringer', 'mute']))]).toEqual([0b101, 0])
  })
})

describe('the buttons', () => {
  const none: HeadsetCalls = { ringing: false, inCall: false, muted: false, waiting: false }
  const ringing = { ...none, ringing: true }
  const talking = { ...none, inCall: true }
  /** Presses one after the other, a second apart or as told. */
  const rulesOf = (shape: typeof byTheBook) => {
    const rules = createButtonRules(findTelephony(shape))
    let at = 100_000
    return {
      rules,
      wrote: (light: 'offHook' | 'mute') => rules.wrote(light, at),
      say: (reportId: number, bytes: number[], calls: HeadsetCalls, afterMs = 5_000) => {
        at += afterMs
        return rules.take({ reportId, data: view(...bytes), at }, calls)
      },
    }
  }

  it('off the hook answers, back on the hook hangs up', () => {
    const t = rulesOf(byTheBook)
    expect(t.say(2, [1], ringing)).toEqual(['answer'])
    expect(t.say(2, [1], talking)).toEqual([])
    expect(t.say(2, [0], talking)).toEqual(['hangUp'])
  })

  it('a hook that only repeats what its light was told does nothing', () => {
    const t = rulesOf(byTheBook)
    t.wrote('offHook')
    expect(t.say(2, [1], talking, 50)).toEqual([])
    // A wireless base says the old state once more before it follows.
    t.wrote('offHook')
    expect(t.say(2, [0], talking, 80)).toEqual([])
    expect(t.say(2, [1], talking, 2_500)).toEqual([])
    // The call was hung up on the screen.
    t.wrote('offHook')
    expect(t.say(2, [0], none, 50)).toEqual([])
    expect(t.say(2, [1], none)).toEqual([])
  })

  it('mute that is a press toggles at each press, however it comes up again', () => {
    const t = rulesOf(byTheBook)
    expect(t.say(2, [0b101], { ...talking })).toEqual(['mute'])
    expect(t.say(2, [0b001], { ...talking, muted: true })).toEqual([])
    expect(t.say(2, [0b101], { ...talking, muted: true })).toEqual(['unmute'])
    // Another press without having come up: a relative field says 1 for each.
    expect(t.say(2, [0b101], talking)).toEqual(['mute'])
    // Only its neighbour has changed.
    expect(t.say(2, [0b100], { ...talking, muted: true })).toEqual(['hangUp'])
  })

  it('mute that is a state is taken as it is, and its repetition is nothing new', () => {
    const t = rulesOf(nested)
    expect(t.say(5, [0b11], talking)).toEqual(['mute'])
    expect(t.say(5, [0b11], { ...talking, muted: true })).toEqual([])
    expect(t.say(5, [0b10], { ...talking, muted: true })).toEqual(['unmute'])
    // Muted on the screen; the headset follows its light.
    t.wrote('mute')
    expect(t.say(5, [0b11], { ...talking, muted: true }, 20)).toEqual([])
  })

  it('mute that only repeats its light is no press', () => {
    const t = rulesOf(byTheBook)
    t.wrote('mute')
    expect(t.say(2, [0b100], { ...talking, muted: true }, 30)).toEqual([])
  })

  it('mute outside of a call does nothing', () => {
    expect(rulesOf(byTheBook).say(2, [0b100], none)).toEqual([])
    expect(rulesOf(byTheBook).say(2, [0b100], ringing)).toEqual([])
  })

  it('a hook of the open kind that comes up by itself is a button: press to answer, press to hang up', () => {
    const t = rulesOf(cheap)
    expect(t.say(0, [0, 1], ringing)).toEqual(['answer'])
    expect(t.say(0, [0, 0], talking, 200)).toEqual([])
    expect(t.say(0, [0, 1], talking)).toEqual(['hangUp'])
    expect(t.say(0, [0, 0], none, 200)).toEqual([])
    // Held down for long: known to be a button by now.
    expect(t.say(0, [0, 1], ringing)).toEqual(['answer'])
    expect(t.say(0, [0, 0], talking, 1_500)).toEqual([])
  })

  it('a hook of the open kind that stays is a switch', () => {
    const t = rulesOf(cheap)
    expect(t.say(0, [0, 1], ringing)).toEqual(['answer'])
    expect(t.say(0, [0, 0], talking, 20_000)).toEqual(['hangUp'])
  })

  it('a hook of the open kind that follows its light late does not end the call', () => {
    const t = rulesOf(cheap)
    t.wrote('offHook')
    expect(t.say(0, [0, 1], talking, 2_200)).toEqual([])
  })

  it('with two calls: hanging up leaves the one that rings, flash takes it, and swaps afterwards', () => {
    const t = rulesOf(byTheBook)
    const both = { ...talking, ringing: true }
    t.say(2, [1], ringing)
    expect(t.say(2, [0b1001], both)).toEqual(['answer'])
    expect(t.say(2, [0b0001], { ...talking, waiting: true })).toEqual([])
    expect(t.say(2, [0b1001], { ...talking, waiting: true })).toEqual(['swap'])
    expect(t.say(2, [0], both)).toEqual(['hangUp'])
  })

  it('a key to drop declines what rings and ends what is up', () => {
    const t = rulesOf(nested)
    expect(t.say(6, [2, 0], ringing)).toEqual(['decline'])
    expect(t.say(6, [0, 0], none)).toEqual([])
    expect(t.say(6, [0, 2], talking)).toEqual(['hangUp'])
    expect(t.say(6, [1, 0], none)).toEqual([])
  })
})

describe('a headset at the phone', () => {
  const scopes: ReturnType<typeof createScope>[] = []
  afterEach(async () => {
    for (const scope of scopes.splice(0)) await scope.end()
  })
  const aSession = (more: Partial<Session>): Session => ({
    id: 's1',
    sipCallId: 'c1',
    direction: 'incoming',
    status: 'established',
    remote: { user: '', displayName: '', host: '' },
    contact: { user: '', host: '' },
    startedAt: 0,
    sending: 'on',
    held: { byUs: false, byThem: false },
    ...more,
  })
  const setUp = (shape = byTheBook) => {
    const scope = createScope('test')
    scopes.push(scope)
    const hid = createFakeHid()
    const device = createFakeHeadset(shape)
    const phone = createStore<PhoneState>(() => initialPhoneState)
    const states: Headset[] = []
    const acts: string[] = []
    let at = 1_000_000
    const t: { lasts: number; remembered: { vendorId: number; productId: number } | null | undefined } = {
      lasts: 5_000,
      remembered: undefined,
    }
    const desk = openHeadsetDesk(scope, {
      hid,
      phone,
      set: (state) => states.push(state),
      act: (what) => acts.push(what),
      note: () => {},
      remembered: () => t.remembered,
      now: () => (at += t.lasts),
    })
    const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
    return {
      clock: t,
      scope,
      hid,
      device,
      phone,
      states,
      acts,
      desk,
      settle,
      async calls(...sessions: Session[]) {
        phone.setState({ sessions, front: sessions[0]?.id })
        await settle()
      },
      /** Bytes of its last light report. */
      light: () => device.lights.at(-1)?.bytes,
    }
  }

  it('is asked for by its telephony page, opened, and known by what it has', async () => {
    const t = setUp()
    t.hid.chosen = [t.device]
    expect(await t.desk.connect()).toEqual({ vendorId: 1, productId: 2, name: 'Headset' })
    expect(t.hid.asked).toEqual([{ filters: [{ usagePage: 0x0b }] }])
    expect(t.states.at(-1)).toEqual({
      status: 'connected',
      name: 'Headset',
      has: { hook: true, mute: true, ringLight: true, muteLight: true },
    })
  })

  it('that nobody chose changes nothing', async () => {
    const t = setUp()
    expect(await t.desk.connect()).toBeUndefined()
    expect(t.states).toEqual([])
  })

  it('that was allowed before is taken by itself, also when it is plugged in later', async () => {
    const t = setUp()
    await t.desk.resume()
    expect(t.states).toEqual([])
    t.hid.plugIn(t.device)
    await t.settle()
    expect(t.states.at(-1)).toMatchObject({ status: 'connected' })
    t.hid.unplug(t.device)
    expect(t.states.at(-1)).toEqual({ status: 'away', name: 'Headset' })
    t.hid.plugIn(t.device)
    await t.settle()
    expect(t.states.at(-1)).toMatchObject({ status: 'connected' })
  })

  it('shows ringing, the call, mute and hold on its lights, and goes dark with the last call', async () => {
    const t = setUp()
    t.hid.plugIn(t.device)
    await t.settle()
    await t.calls(aSession({ status: 'ringing' }))
    expect(t.light()).toEqual([0b0100])
    await t.calls(aSession({}))
    expect(t.light()).toEqual([0b0001])
    await t.calls(aSession({ sending: 'muted' }))
    expect(t.light()).toEqual([0b0011])
    await t.calls(aSession({}), aSession({ id: 's2' }))
    expect(t.light()).toEqual([0b1001])
    await t.calls()
    expect(t.light()).toEqual([0])
    const written = t.device.lights.length
    t.phone.setState({ registration: { status: 'offline' } })
    await t.settle()
    expect(t.device.lights).toHaveLength(written)
  })

  it('hung up by its own switch while another call waits is told again that one is up', async () => {
    const t = setUp()
    t.hid.plugIn(t.device)
    await t.settle()
    await t.calls(aSession({}))
    t.device.say(2, 1)
    t.device.say(2, 0)
    expect(t.acts).toEqual(['hangUp'])
    const written = t.device.lights.length
    await t.calls(aSession({ id: 's2' }))
    expect(t.device.lights.slice(written)).toEqual([{ reportId: 3, bytes: [1] }])
  })

  it('is heard at once after a light that has nothing to do with the button', async () => {
    const t = setUp()
    t.hid.plugIn(t.device)
    await t.settle()
    t.clock.lasts = 0
    await t.calls(aSession({ status: 'ringing' }))
    t.clock.lasts = 5_000
    t.device.say(2, 0b001)
    t.phone.setState({ sessions: [aSession({})] })
    t.clock.lasts = 10
    t.device.say(2, 0b101)
    expect(t.acts).toEqual(['answer', 'mute'])
    // Its own light is on by now; the hook is another matter.
    t.clock.lasts = 3_000
    t.phone.setState({ sessions: [aSession({ sending: 'muted' })] })
    t.clock.lasts = 10
    t.device.say(2, 0)
    expect(t.acts).toEqual(['answer', 'mute', 'hangUp'])
  })

  it('does not ring in the ear of somebody who speaks', async () => {
    const t = setUp(nested)
    t.hid.plugIn(t.device)
    await t.settle()
    await t.calls(aSession({ status: 'ringing' }))
    expect(t.light()).toEqual([0b100, 0])
    await t.calls(aSession({}), aSession({ id: 's2', status: 'ringing' }))
    expect(t.light()).toEqual([0b010, 0])
  })

  it('that cannot be opened says why, and may be tried again', async () => {
    const t = setUp()
    t.device.failure = new Error('Failed to open the device.')
    t.hid.chosen = [t.device]
    await t.desk.connect()
    expect(t.states.at(-1)).toEqual({ status: 'failed', name: 'Headset', why: 'Failed to open the device.' })
    t.device.failure = undefined
    await t.desk.connect()
    expect(t.states.at(-1)).toMatchObject({ status: 'connected' })
  })

  it('is left dark and closed when it is forgotten, and when the window goes', async () => {
    const t = setUp()
    t.hid.plugIn(t.device)
    await t.settle()
    await t.calls(aSession({}))
    await t.desk.forget()
    expect(t.light()).toEqual([0])
    expect(t.device.opened).toBe(false)
    expect(t.states.at(-1)).toEqual({ status: 'none' })
    t.device.say(2, 0b100)
    expect(t.acts).toEqual([])
  })

  it('that cannot be opened is forgotten too', async () => {
    const t = setUp()
    t.device.failure = new Error('Failed to open the device.')
    t.hid.plugIn(t.device)
    await t.settle()
    await t.desk.forget()
    expect(t.device.forgotten).toBe(true)
    expect(t.states.at(-1)).toEqual({ status: 'none' })
  })

  it('that was forgotten while it was unplugged stays away when it is plugged in', async () => {
    const t = setUp()
    t.hid.plugIn(t.device)
    await t.settle()
    t.hid.unplug(t.device)
    await t.desk.forget()
    t.clock.remembered = null
    t.hid.plugIn(t.device)
    await t.settle()
    expect(t.states.at(-1)).toEqual({ status: 'none' })
  })

  it('keeps its buttons when another one is plugged in; of two the remembered one is taken', async () => {
    const t = setUp()
    const other = createFakeHeadset(byTheBook, 'Other', 3)
    t.hid.plugIn(other)
    await t.settle()
    t.hid.unplug(other)
    t.clock.remembered = { vendorId: 1, productId: 2 }
    t.hid.plugIn(other)
    t.hid.plugIn(t.device)
    await t.settle()
    expect(t.states.at(-1)).toMatchObject({ status: 'connected', name: 'Headset' })
    t.clock.remembered = { vendorId: 1, productId: 3 }
    t.hid.plugIn(other)
    await t.settle()
    expect(t.states.at(-1)).toMatchObject({ status: 'connected', name: 'Headset' })
    expect(t.device.opened).toBe(true)
  })

  it('is not offered where the browser has no WebHID', async () => {
    const states: Headset[] = []
    const scope = createScope('test')
    scopes.push(scope)
    const nothing = { phone: createStore(() => initialPhoneState), act: () => {}, note: () => {} }
    await openHeadsetDesk(scope, { hid: undefined, set: (state) => states.push(state), ...nothing }).resume()
    expect(states).toEqual([{ status: 'unavailable' }])
  })

  it('counts a dialled call as a call, and one that ended as none', () => {
    const dialling = aSession({ direction: 'outgoing', status: 'ringing' })
    expect(toCalls({ sessions: [dialling], front: undefined })).toMatchObject({
      inCall: true,
      ringing: false,
    })
    expect(toCalls({ sessions: [aSession({ status: 'ended' })], front: undefined })).toMatchObject({
      inCall: false,
    })
  })
})
