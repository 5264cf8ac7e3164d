// Calls from the plain telephone world to our phone over the real edge, judged by what each end has heard.
import { expect, it } from 'vitest'
import { openBaresip } from '../peer/baresip.ts'
import { share } from '../speech/recognise.ts'
import { repeat, say } from '../speech/say.ts'
import { callerSays } from '../speech/words.ts'
import { shareScene } from '../support/scene.ts'

const scene = shareScene()

/** One round of words takes 6.3 s; whoever listens for two rounds hears one of them whole. */
const LISTEN_S = 12.5
/** Of the eight or nine words of a round, one may be misheard. */
const GOOD = 0.85

it.each(['PCMU', 'PCMA'] as const)(
  'the words of both ends are understood at the other over %s',
  async (codec) => {
    const { call } = await scene().talk({ codecs: [codec] })
    expect(call.media.codec).toBe(codec)
    const ear = await scene().ear()
    await call.play(repeat(await say(callerSays), LISTEN_S))
    expect(call.heard.level()).toBeGreaterThan(300)
    expect(await share(call.heard.pcm(), 'nato')).toBeGreaterThan(GOOD)
    expect(await share(await ear.stop(), 'digits')).toBeGreaterThan(GOOD)
  },
)

it.each(['opus', 'G722'] as const)(
  'the words of both ends are understood at the other over %s with baresip',
  async (codec) => {
    const { edge, phone, phoneUri, ear: listen, add } = scene()
    const baresip = await openBaresip({
      user: '+15550101',
      domain: 'platform.test',
      outboundProxy: { host: edge.host, port: edge.ports.udp },
      codec,
      says: repeat(await say(callerSays), 120),
    })
    add(() => baresip.close())
    baresip.call(phoneUri)
    await baresip.happened('CALL_RINGING')
    const { id } = await phone.until('the call', ({ sessions }) =>
      sessions.find(({ status }) => status === 'ringing'),
    )
    await phone.ask('phone.answer', { sessionId: id })
    await baresip.happened('CALL_ESTABLISHED')
    const ear = await listen()
    await ear.until(LISTEN_S)
    const said = await ear.stop()
    const { codec: agreed } = await phone.until(
      'statistics',
      ({ sessions }) => sessions.find((each) => each.id === id)?.media,
    )
    expect(agreed?.toLowerCase()).toContain(codec.toLowerCase())
    await phone.ask('phone.hangUp', { sessionId: id })
    await baresip.happened('CALL_CLOSED')
    expect(await share(await baresip.heard(), 'nato')).toBeGreaterThan(GOOD)
    expect(await share(said, 'digits')).toBeGreaterThan(GOOD)
  },
)
