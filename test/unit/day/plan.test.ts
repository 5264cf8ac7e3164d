import { describe, expect, it } from 'vitest'
import { callKinds, callsOf, planDay, troubles } from '../../day/plan.ts'

describe('the plan of a day', () => {
  const day = planDay({ scale: 1, hours: 8, seed: 1 })
  const scenes = day.hours.flat()

  it('has as many calls, lines and troubles as an agent has in eight hours', () => {
    const of = (...names: string[]) =>
      scenes.flatMap((scene) => scene.troubles).filter((one) => names.includes(one)).length
    expect(scenes.reduce((sum, scene) => sum + callsOf(scene), 0)).toBe(300)
    expect(scenes.reduce((sum, { lines }) => sum + lines, 0)).toBe(20_000)
    expect(of('device', 'unplugged')).toBe(30)
    expect(of('sleep', 'longSleep')).toBe(20)
    expect(of('drop', 'silentDrop', 'endedMeanwhile')).toBe(10)
  })

  it('knows every kind of call and every trouble, in calls and out of them', () => {
    expect(new Set(scenes.map(({ kind }) => kind))).toEqual(new Set([...callKinds, 'none']))
    expect(new Set(scenes.flatMap((scene) => scene.troubles))).toEqual(new Set(troubles))
    const waiting = scenes.filter(({ kind }) => kind === 'none').flatMap((scene) => scene.troubles)
    expect(new Set(waiting)).toEqual(new Set(troubles.filter((one) => one !== 'endedMeanwhile')))
  })

  it('is the same for the same seed, and another one for another', () => {
    expect(planDay({ scale: 1, hours: 8, seed: 1 })).toEqual(day)
    expect(planDay({ scale: 1, hours: 8, seed: 2 }).hours).not.toEqual(day.hours)
  })

  it('has each kind of call also when it is short', () => {
    const short = planDay({ scale: 0.05, hours: 1, seed: 1 })
    const kinds = new Set(short.hours.flat().map(({ kind }) => kind))
    expect(callKinds.filter((kind) => !kinds.has(kind))).toEqual([])
    expect(short.totals).toMatchObject({ lines: 1_000, devices: 2, sleeps: 1, drops: 1 })
  })
})
