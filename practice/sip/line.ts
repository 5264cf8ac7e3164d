// The practice line: registrar and caller over WebSocket, with real audio. Wires the parts, decides nothing.
import { createScope } from '../../common/kit/scope.ts'
import type { Line, LineOptions, LineStrings } from '../line.ts'
import { warmUp } from '../media/warm-up.ts'
import { createBindings } from './bindings.ts'
import { createDigest } from './digest.ts'
import { answerEcho } from './echo.ts'
import { openFlows } from './flow.ts'
import { createLeg } from './leg.ts'
import { register } from './registrar.ts'
import { createStack } from './stack.ts'

/** `lostMs`: after how long without packets of the phone a call ends; a minute, shorter in tests. */
export async function openLine(options: LineOptions, { lostMs }: { lostMs?: number } = {}): Promise<Line> {
  const scope = createScope('line')
  const strings: LineStrings = {
    registerStatus: undefined,
    delayMs: 0,
    loss: { toPhone: 0, fromPhone: 0 },
    mute: { toPhone: false, fromPhone: false },
  }
  const bindings = createBindings()
  const digest = createDigest(options.challenge?.realm ?? options.domain)
  /** How to drop each call that is not over. */
  const calls = new Set<() => void>()

  const stack = createStack(options.domain, options.log, {
    onRegister: (request) =>
      register(request, {
        options,
        strings,
        bindings,
        digest,
        contactsOf: stack.contactsOf,
        onBound(contactUri) {
          const flow = stack.receiving()
          if (flow) stack.learn(contactUri, flow)
        },
      }),
    onInvite(request) {
      const called = request.message.ruri?.user ?? ''
      if (called === 'echo') {
        const drop = answerEcho(request, { strings, log: options.log }, () => calls.delete(drop))
        calls.add(drop)
      } else if (options.password(called) === undefined) {
        request.reject({ statusCode: 404, reasonPhrase: 'Unknown extension' })
      } else request.reject({ statusCode: 501, reasonPhrase: 'Practice connects calls to echo only' })
    },
    onMessage: (request) => void request.reject({ statusCode: 405 }),
    onSubscribe: (request) => void request.reject({ statusCode: 489 }),
    onRefer: (request) => void request.reject({ statusCode: 405 }),
    onNotify: (request) => void request.reject({ statusCode: 489 }),
  })
  const flows = await openFlows({
    port: options.port,
    delayMs: () => strings.delayMs,
    onMessage: stack.receive,
    onGone: stack.forget,
  })

  warmUp().catch((error: Error) => options.log(`media did not warm up: ${error.message}`))

  const forgetAll = () => {
    for (const drop of [...calls]) drop()
    stack.core.reset()
    bindings.clear()
  }
  scope.add(() => flows.close())
  scope.add(forgetAll)

  return {
    url: flows.url,
    strings,
    contacts: bindings.of,
    invite(invite) {
      const leg = createLeg(invite, { stack, domain: options.domain, strings, lostMs, log: options.log })
      calls.add(leg.drop)
      leg.onChange((state) => {
        if (state.status === 'ended') calls.delete(leg.drop)
      })
      return leg
    },
    cutSockets: flows.cut,
    async restart() {
      forgetAll()
      flows.cut()
    },
    close: () => scope.end(),
  }
}
