// The calls of a day, each by the keys of the window.
import { sleep, until } from '../bench/figure.ts'
import type { CallKind, Scene } from './plan.ts'
import {
  answer,
  begun,
  isLive,
  knownSessions,
  note,
  type Play,
  phoneOf,
  type Ringing,
  ring,
  sessionOf,
  speak,
  theyHangUp,
  untilSession,
} from './play.ts'
import { happen } from './troubles.ts'

export async function playScene(play: Play, scene: Scene): Promise<void> {
  if (scene.kind === 'none') {
    for (const trouble of scene.troubles) await happen[trouble](play, undefined)
    return
  }
  await scenes[scene.kind](play, scene)
}

type PlayCall = (play: Play, scene: Scene) => Promise<void>

const scenes: Record<CallKind, PlayCall> = {
  async theyHangUp(play, scene) {
    const call = await ring(play, scene.number, scene.kind, ['hungUpByThem'])
    await answer(play, call)
    await talk(play, call, scene)
    if (isLive(sessionOf(play, call.session.id))) await theyHangUp(play, call)
  },
  async weHangUp(play, scene) {
    const ended = scene.troubles.includes('endedMeanwhile')
    const call = await ring(play, scene.number, scene.kind, [ended ? 'hungUpByThem' : 'hungUpByUs'])
    await answer(play, call)
    await talk(play, call, scene)
    if (isLive(sessionOf(play, call.session.id))) await weHangUp(play, call)
  },
  async canceled(play, scene) {
    const call = await ring(play, scene.number, scene.kind, ['canceled'])
    await sleep(200)
    await theyHangUp(play, call)
  },
  async declined(play, scene) {
    const call = await ring(play, scene.number, scene.kind, ['declined'])
    await play.stage.hands.press('hangUp')
    await over(play, call)
  },
  async doNotDisturb(play, scene) {
    await disturb(play, true)
    await over(play, await ring(play, scene.number, scene.kind, ['doNotDisturb']))
    await disturb(play, false)
  },
  async engaged(play, scene) {
    await secondCall(play, 'busy')
    const first = await ring(play, scene.number, scene.kind, ['hungUpByThem'])
    await answer(play, first)
    await over(play, await ring(play, scene.number, scene.kind, ['engaged']))
    await theyHangUp(play, first)
    await secondCall(play, 'ring')
  },
  twoAtOnce: async (play, scene) => twoAtOnce(play, scene),
  async dialled(play, scene) {
    const known = knownSessions(play)
    await play.stage.hands.dial('echo')
    const session = await begun(play, known)
    const call = note(play, { scene: scene.number, what: scene.kind, session, outcomes: ['hungUpByUs'] })
    await untilSession(play, session.id, 'was answered', ({ status }) => status === 'established')
    await hold(play, call)
    await weHangUp(play, call)
  },
  async unknown(play, scene) {
    const known = knownSessions(play)
    await play.stage.hands.dial('nobody-there')
    const session = await begun(play, known)
    await over(
      play,
      note(play, { scene: scene.number, what: scene.kind, session, outcomes: ['refused', 'failed'] }),
    )
  },
  test: async (play, scene) => testCall(play, scene),
}

/** Half of the lines, what goes wrong, the other half; every third call speaks in one burst. */
async function talk(play: Play, call: Ringing, scene: Scene): Promise<void> {
  const apartMs = scene.number % 3 === 0 ? 0 : 12
  const before = Math.ceil(scene.lines / 2)
  await speak(play, call, before, apartMs)
  for (const trouble of scene.troubles) await happen[trouble](play, call)
  if (isLive(sessionOf(play, call.session.id))) await speak(play, call, scene.lines - before, apartMs)
}

async function weHangUp(play: Play, call: Ringing): Promise<void> {
  await play.stage.hands.press('hangUp')
  await over(play, call)
}

const over = (play: Play, { session }: Ringing) =>
  untilSession(play, session.id, 'is over', ({ status }) => status === 'ended')

async function hold(play: Play, { session }: Ringing): Promise<void> {
  for (const held of [true, false]) {
    await play.stage.hands.press('hold')
    await untilSession(play, session.id, held ? 'is held' : 'goes on', (one) => one.held.byUs === held)
  }
}

/** A second one is taken, they take turns, one is offered to the other, and both end. */
async function twoAtOnce(play: Play, scene: Scene): Promise<void> {
  const first = await ring(play, scene.number, scene.kind, ['hungUpByThem'])
  await answer(play, first)
  await speak(play, first, Math.ceil(scene.lines / 2), 12)
  const second = await ring(play, scene.number, scene.kind, ['hungUpByThem', 'hungUpByUs'])
  await answer(play, second)
  await untilSession(play, first.session.id, 'waits', ({ held }) => held.byUs)
  await speak(play, second, Math.floor(scene.lines / 2), 12)
  await play.stage.hands.press('swap')
  await untilSession(play, first.session.id, 'is in front again', ({ held }) => !held.byUs)
  await untilSession(play, second.session.id, 'waits', ({ held }) => held.byUs)
  // Practice refuses every REFER (contract A.4): both calls stay ours.
  await play.stage.hands.press('connect')
  await until('the outcome of the transfer', () =>
    phoneOf(play).sessions.some(
      ({ id, transfer }) => id === second.session.id && transfer?.status === 'failed',
    ),
  )
  await theyHangUp(play, first)
  await theyHangUp(play, second)
}

/** As in the quickstart: ordered by the window, greeted, and a typed text spoken into it. */
async function testCall(play: Play, scene: Scene): Promise<void> {
  const { companion, practice } = play.stage
  await practice.ask.tone(false)
  const known = knownSessions(play)
  await companion.ask.request('call.placeTest', {})
  const session = await begun(play, known)
  const call = note(play, { scene: scene.number, what: scene.kind, session, outcomes: ['hungUpByUs'] })
  await answer(play, call)
  const callId = await until('the call on the platform', async () => {
    const { links, calls } = await companion.ask.state()
    const link = links[session.id]
    const isUp = link?.status === 'linked' && calls[link.callId]?.status === 'progressing'
    return isUp ? link.callId : undefined
  })
  call.expected.callId = callId
  await companion.ask.request('speaking.say', { callId, text: 'These words were typed.' })
  await until(
    'the typed words in the call',
    async () => {
      const { speakings } = await companion.ask.state()
      return speakings[callId]?.items.some(({ status }) =>
        ['speaking', 'heard', 'transcribed'].includes(status),
      )
    },
    40_000,
  )
  await weHangUp(play, call)
  await practice.ask.tone(true)
}

async function disturb(play: Play, on: boolean): Promise<void> {
  const { companion, hands } = play.stage
  await hands.press('disturb')
  await until('do not disturb', async () => (await companion.ask.state()).settings.doNotDisturb === on)
  // The window hears of it after main.
  await sleep(100)
}

/** The phone is registered anew for it. */
async function secondCall(play: Play, wish: 'ring' | 'busy'): Promise<void> {
  await play.stage.companion.ask.request('settings.change', { patch: { secondCall: wish } })
  await sleep(300)
  await until('registered', () => phoneOf(play).registration.status === 'registered')
}
