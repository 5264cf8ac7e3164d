// The peer as an extension of the edge: it proves its password in each way that the edge asks for it, and calls others.
import { expect, it } from 'vitest'
import { keepEdges } from '../fixture/keep-edges.ts'
import { openPeer } from './peer.ts'

const { edge: start, add } = keepEdges()
const users = { ada: 'word-1', bob: 'word-2' }

async function open(
  edge: Awaited<ReturnType<typeof start>>,
  user: keyof typeof users,
  password: string = users[user],
) {
  const outboundProxy = { host: edge.host, port: edge.ports.udp }
  const peer = await openPeer({ user, domain: edge.domain, password, outboundProxy })
  add(() => peer.close())
  return peer
}

it.each([
  ['MD5', 401],
  ['MD5', 407],
  ['SHA-256', 401],
] as const)('registers with %s after a %s, and is gone after a goodbye', async (algorithm, challenge) => {
  const edge = await start({ users, algorithm, switches: { challenge } })
  const ada = await open(edge, 'ada')
  await ada.register()
  expect((await edge.contacts('ada')).map(({ contact }) => contact)).toEqual([ada.contact])
  await ada.unregister()
  expect(await edge.contacts('ada')).toEqual([])
})

it('a wrong password is refused, after one try', async () => {
  const edge = await start({ users })
  const ada = await open(edge, 'ada', 'guess')
  await expect(ada.register()).rejects.toThrow('401')
  // Its log may come a moment after its answer.
  await edge.log.next('request', { method: 'REGISTER', proof: 'yes' })
  expect(edge.log.find('request', { method: 'REGISTER' })).toHaveLength(2)
})

it('an extension calls another one through the edge, which asks it for its password', async () => {
  const edge = await start({ users })
  const [ada, bob] = [await open(edge, 'ada'), await open(edge, 'bob')]
  await bob.register()
  const call = await ada.call(bob.uri)
  const invitation = await bob.nextInvitation()
  expect(invitation.from.user).toBe('ada')
  await invitation.answer()
  await call.answered()
  expect(edge.log.find('challenge', { method: 'INVITE' })).toHaveLength(1)
  expect((await call.bye()).status).toBe(200)
})
