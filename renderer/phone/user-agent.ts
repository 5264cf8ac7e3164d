// SIP.js, configured so that its defaults cannot hurt: no console, no STUN of others, no blind REFER, our own digest.
import { type Core, type Invitation, URI, UserAgent } from 'sip.js'
import type { PhoneStart } from '../../common/bridge/table.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { type Challenge, PinnedDigest } from './digest.ts'
import { type CreateSocket, EdgeTransport, type EdgeTransportOptions } from './edge-transport.ts'
import { randomToken, type SipIdentity } from './identity.ts'
import { createRegistrar, type Registrar } from './register.ts'
import type { Link } from './registration.ts'
import { createSipTracer } from './sip-trace.ts'

export interface UserAgentOptions {
  start: Pick<PhoneStart, 'domain' | 'username' | 'password' | 'displayName'>
  identity: SipIdentity
  createSocket: CreateSocket
  report(row: NewTraceRow): void
  onInvite(invitation: Invitation): void
  /** What handles the description of a session; made when the invitation arrived. */
  describe: NonNullable<ConstructorParameters<typeof UserAgent>[0]>['sessionDescriptionHandlerFactory']
}

export interface SipEndpoint {
  userAgent: UserAgent
  link: Link
  /** Sends what waited for a socket. */
  flush(): void
  dispose(): Promise<void>
}

/** The platform rings for 60 s (contract F.6); we must not give up before it does. */
const noAnswerSeconds = 75

export async function createSipEndpoint(options: UserAgentOptions): Promise<SipEndpoint> {
  const { start, identity, report } = options
  let refusedChallenge: string | undefined
  let lastAnswer: { digest: PinnedDigest; challenge: Challenge } | undefined
  /** The nonce of before serves again (RFC 7616 section 3.6): no round trip, so that a closing page can still unregister. */
  const authorize = (message: Core.OutgoingRequestMessage) => {
    if (lastAnswer?.digest.authenticate(message, lastAnswer.challenge)) {
      message.setHeader('authorization', lastAnswer.digest.toString())
    }
  }
  const note = (title: string) =>
    report({ at: Date.now(), source: 'sip', direction: 'none', title: title.slice(0, 300), tone: 'bad' })

  const transportOptions: EdgeTransportOptions = {
    createSocket: options.createSocket,
    trace: createSipTracer(report),
    report,
  }
  const userAgent = new UserAgent({
    uri: new URI('sip', start.username, start.domain),
    ...(start.displayName ? { displayName: start.displayName } : {}),
    // Contract F.1: `transport=ws` in the Contact selects the WebRTC path, also over TLS.
    contactName: identity.contactUser,
    contactParams: { transport: 'ws' },
    viaHost: identity.contactHost,
    instanceId: identity.instanceId,
    sipjsId: randomToken(5),
    userAgentString: 'VoIPBIN-Companion',
    transportConstructor: EdgeTransport,
    transportOptions,
    gracefulShutdown: false,
    logBuiltinEnabled: false,
    // The default prints HA1 and URL in clear.
    logConfiguration: false,
    logLevel: 'warn',
    logConnector: (_level, _category, _label, content) => {
      // SIP.js drops what it cannot route; that belongs in the trace, its other complaints do not.
      if (/dropping|does not point to us/i.test(content)) note(content.split('\n')[0] ?? content)
    },
    noAnswerTimeout: noAnswerSeconds,
    // 180 only after our own checks.
    sendInitialProvisionalResponse: false,
    ...(options.describe ? { sessionDescriptionHandlerFactory: options.describe } : {}),
    delegate: {
      onInvite: options.onInvite,
      // Nobody may transfer us, out of a dialog or in one.
      onReferRequest: (request) => void request.reject({ statusCode: 603 }),
      onMessage: (message) => void message.accept().catch(() => {}),
      onNotify: (notification) => void notification.accept().catch(() => {}),
    },
  })
  userAgent.userAgentCore.configuration.authenticationFactory = () =>
    new PinnedDigest({
      domain: start.domain,
      username: start.username,
      password: start.password,
      loggerFactory: userAgent.getLoggerFactory(),
      onRefused: (why) => {
        refusedChallenge = why
        note(`not answered: ${why}`)
      },
      onAnswered: (digest, request, challenge) => {
        if (request.method === 'REGISTER') lastAnswer = { digest, challenge }
      },
    })
  await userAgent.start()

  const transport = userAgent.transport
  if (!(transport instanceof EdgeTransport)) throw new TypeError('the transport is not ours')
  return {
    userAgent,
    link: createLink(transport, createRegistrar(userAgent, identity.instanceId, authorize), {
      take: () => refusedChallenge,
      forget: () => {
        refusedChallenge = undefined
      },
    }),
    flush: () => transport.flush(),
    dispose: async () => {
      await userAgent.stop().catch(() => {})
    },
  }
}

function createLink(
  transport: EdgeTransport,
  registrar: Registrar,
  challenge: { take(): string | undefined; forget(): void },
): Link {
  return {
    open: (edge, deadlineMs) => {
      challenge.forget()
      return transport.openEdge(edge, deadlineMs)
    },
    close: () => transport.closeEdge(),
    register: registrar.register,
    ping: registrar.ping,
    get onLost() {
      return transport.onLost
    },
    set onLost(listener) {
      transport.onLost = listener
    },
    get lastReceivedAt() {
      return transport.lastReceivedAt
    },
    get refusedChallenge() {
      return challenge.take()
    },
  }
}
