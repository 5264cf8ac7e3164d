// baresip and our peer agree with each other: two user agents that share no line of code.
import { afterEach, expect, it } from 'vitest'
import { share } from '../speech/recognise.ts'
import { repeat, say } from '../speech/say.ts'
import { callerSays, phoneSays } from '../speech/words.ts'
import { type Baresip, openBaresip } from './baresip.ts'
import { openPeer, type Peer } from './peer.ts'

const open: (Baresip | Peer)[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

it.each(['PCMU', 'PCMA'] as const)('each hears the words of the other in %s', async (codec) => {
  const peer = await openPeer({
    user: 'bob',
    domain: 'peers.test',
    outboundProxy: { host: '127.0.0.1', port: 9 },
    codecs: [codec],
  })
  open.push(peer)
  const spoken = await say(callerSays)
  const baresip = await openBaresip({
    user: 'ada',
    domain: 'callers.test',
    outboundProxy: peer.place,
    codec,
    says: repeat(spoken, 60),
  })
  open.push(baresip)
  baresip.call(`sip:bob@127.0.0.1:${peer.place.port}`)
  const invitation = await peer.nextInvitation()
  const call = await invitation.answer()
  await baresip.happened('CALL_ESTABLISHED')
  await call.play(await say(phoneSays))
  await call.bye()
  await baresip.happened('CALL_CLOSED')
  expect(await share(call.heard.pcm(), 'digits')).toBeGreaterThan(0.8)
  expect(await share(await baresip.heard(), 'nato')).toBeGreaterThan(0.8)
})
