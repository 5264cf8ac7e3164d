// What no decent user agent does, and a day's calls in a minute: sipp's scenarios against our phone.
import { expect, it } from 'vitest'
import { runSipp, type SippOptions } from '../peer/sipp.ts'
import { answerAll } from '../support/auto-answer.ts'
import { shareScene } from '../support/scene.ts'
import { dial } from '../support/verbs.ts'

const scene = shareScene()

const run = async (options: Pick<SippOptions, 'scenario' | 'calls' | 'timeoutS'>) => {
  const { edge, add } = scene()
  const place = { host: edge.host, port: edge.ports.udp }
  const sipp = await runSipp({ ...options, edge: place, domain: edge.domain, service: '2000' })
  add(() => sipp.stop())
  return sipp
}

const allOver = () =>
  scene().phone.until('every call to be over', ({ sessions }) =>
    sessions.every(({ status }) => status === 'ended'),
  )

it('a hundred calls in a row are answered, and the next one sounds like the first', async () => {
  const { phone, talk, add } = scene()
  const person = await answerAll(phone)
  add(() => person.stop())
  const sipp = await run({ scenario: 'short-call', calls: 100, timeoutS: 170 })
  await sipp.done
  await allOver()
  await person.stop()
  const { call, hangUp } = await talk()
  await call.heard.sound()
  await hangUp()
  expect((await call.ended()).how).toBe('bye')
  expect(phone.problems).toEqual([])
}, 180_000)

it('strange provisional answers from two branches do not keep a call from being answered', async () => {
  const { edge, phone, add } = scene()
  const sipp = await run({ scenario: 'odd-answers' })
  await edge.set({ trunk: `${sipp.place.host}:${sipp.place.port}` })
  add(() => edge.set({ trunk: undefined }))
  const dialled = await dial(phone, '+15550177')
  await dialled.until('established', ({ status }) => status === 'established')
  await dialled.hangUp()
  await sipp.done
  expect(await dialled.until('the end', ({ outcome }) => outcome)).toBe('hungUpByUs')
})
