// An agent's day as a list of scenes, made from a seed: which calls, how many lines in each, and what goes wrong in which.

export const callKinds = [
  'theyHangUp',
  'weHangUp',
  'canceled',
  'declined',
  'doNotDisturb',
  'engaged',
  'twoAtOnce',
  'dialled',
  'unknown',
  'test',
] as const
export type CallKind = (typeof callKinds)[number]

export const troubles = [
  'device',
  'unplugged',
  'sleep',
  'longSleep',
  'drop',
  'silentDrop',
  'endedMeanwhile',
] as const
export type Trouble = (typeof troubles)[number]

export interface Scene {
  number: number
  /** Nothing: the trouble meets a phone that waits. */
  kind: CallKind | 'none'
  /** Transcript lines that the platform sends in it. */
  lines: number
  troubles: Trouble[]
}

export interface Day {
  seed: number
  hours: Scene[][]
  totals: { calls: number; lines: number; devices: number; sleeps: number; drops: number }
}

export interface DayOptions {
  /** 1 = 300 calls, 20,000 lines, 30 changes of devices, 20 sleeps, 10 losses of the network. */
  scale: number
  hours: number
  seed: number
}

/** So many of a hundred scenes; the rest ends as most calls do. Two at once are two calls. */
const shares: Partial<Record<CallKind, number>> = {
  weHangUp: 22,
  canceled: 7,
  declined: 7,
  doNotDisturb: 3,
  engaged: 2,
  twoAtOnce: 9,
  dialled: 6,
  unknown: 3,
  test: 4,
}
const spoken: readonly CallKind[] = ['theyHangUp', 'weHangUp', 'twoAtOnce']
export const callsOf = ({ kind }: Scene) =>
  kind === 'none' ? 0 : kind === 'twoAtOnce' || kind === 'engaged' ? 2 : 1

export function planDay({ scale, hours, seed }: DayOptions): Day {
  const random = createRandom(seed)
  const calls = Math.max(callKinds.length, Math.round(300 * scale))
  const scenes = toScenes(calls, random)
  const many = (count: number) => Math.max(1, Math.round(count * scale))
  const wanted = { lines: many(20_000), devices: many(30), sleeps: many(20), drops: many(10) }
  spreadLines(scenes, wanted.lines, random)
  const all = [
    ...turns(wanted.devices, ['device', 'device', 'unplugged']),
    ...turns(wanted.sleeps, ['sleep', 'sleep', 'longSleep']),
    ...turns(wanted.drops, ['drop', 'silentDrop', 'endedMeanwhile', 'drop', 'drop']),
  ]
  const told = spreadTroubles(scenes, all, random)
  const totals = { calls: told.reduce((sum, scene) => sum + callsOf(scene), 0), ...wanted }
  return { seed, hours: cut(told, hours), totals }
}

/** Each kind at least once, in any order. */
function toScenes(calls: number, random: () => number): Scene[] {
  const kinds: CallKind[] = []
  const count = () =>
    kinds.reduce((sum, kind) => sum + (kind === 'twoAtOnce' || kind === 'engaged' ? 2 : 1), 0)
  for (const kind of callKinds) {
    const times = Math.max(1, Math.round(((shares[kind] ?? 0) * calls) / 110))
    for (let i = 0; i < times; i++) kinds.push(kind)
  }
  while (count() < calls) kinds.push('theyHangUp')
  return shuffle(kinds, random).map((kind) => ({ number: 0, kind, lines: 0, troubles: [] }))
}

/** Short calls and long ones. */
function spreadLines(scenes: readonly Scene[], lines: number, random: () => number): void {
  const speaking = scenes.filter(({ kind }) => spoken.some((one) => one === kind))
  const weights = speaking.map(() => 0.2 + random() * 1.6)
  const sum = weights.reduce((all, one) => all + one, 0)
  let given = 0
  let before = 0
  speaking.forEach((scene, at) => {
    before += weights[at] ?? 0
    scene.lines = Math.round((lines * before) / sum) - given
    given += scene.lines
  })
}

/** One in four meets a phone that waits; the others a call with lines, at most one each. */
function spreadTroubles(scenes: readonly Scene[], all: readonly Trouble[], random: () => number): Scene[] {
  const told = [...scenes]
  const free = shuffle(
    told.filter(({ kind }) => kind === 'theyHangUp' || kind === 'weHangUp'),
    random,
  )
  all.forEach((trouble, at) => {
    const meets = at % 4 === 3 && trouble !== 'endedMeanwhile' ? undefined : free.pop()
    if (meets) meets.troubles.push(trouble)
    else
      told.splice(Math.floor(random() * told.length), 0, {
        number: 0,
        kind: 'none',
        lines: 0,
        troubles: [trouble],
      })
  })
  told.forEach((scene, at) => {
    scene.number = at + 1
  })
  return told
}

const turns = (count: number, kinds: readonly Trouble[]): Trouble[] =>
  Array.from({ length: count }, (_, at) => kinds[at % kinds.length] ?? 'device')

function cut(scenes: readonly Scene[], hours: number): Scene[][] {
  return Array.from({ length: hours }, (_, hour) =>
    scenes.slice(
      Math.round((hour * scenes.length) / hours),
      Math.round(((hour + 1) * scenes.length) / hours),
    ),
  )
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const [a, b] = [mixed[at], mixed[other]]
    if (a === undefined || b === undefined) continue
    mixed[at] = b
    mixed[other] = a
  }
  return mixed
}

/** The same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
