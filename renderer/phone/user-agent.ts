// SIP.js, configured so that its defaults cannot hurt: no console, no STUN of others, no blind REFER, our own digest.
import { type Invitation, SIPExtension, URI, UserAgent } from 'sip.js'
import type { PhoneStart } from '../../common/bridge/table.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { createDigest } from './digest.ts'
import { createDropReporter } from './drop-report.ts'
import { type CreateSocket, EdgeTransport, type EdgeTransportOptions } from './edge-transport.ts'
import { randomToken, type SipIdentity } from './identity.ts'
import type { Link } from './link.ts'
import { createRegistrar, type Registrar } from './register.ts'
import { createSipTracer } from './sip-trace.ts'
import { ignoreStrangeExpires, lackedExtensions, patchCore, toChallenged } from './sipjs-patches.ts'

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
  const note = (title: string, tone: NewTraceRow['tone'] = 'bad') =>
    report({ at: Date.now(), source: 'sip', direction: 'none', title: title.slice(0, 300), tone })

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
    logConnector: createDropReporter(report),
    noAnswerTimeout: noAnswerSeconds,
    // 180 only after our own checks.
    sendInitialProvisionalResponse: false,
    // Reliable provisional answers where the other side wants them (RFC 3262).
    sipExtension100rel: SIPExtension.Supported,
    // Session timers (RFC 4028): session-timer.ts.
    sipExtensionExtraSupported: ['timer'],
    ...(options.describe ? { sessionDescriptionHandlerFactory: options.describe } : {}),
    delegate: {
      onInvite: (invitation) => {
        ignoreStrangeExpires(invitation)
        const { transport, userAgentCore } = userAgent
        const isRegistered = transport instanceof EdgeTransport && transport.flow !== 'asked'
        const refusal = whyRefused(invitation, isRegistered, userAgentCore.configuration.supportedOptionTags)
        if (!refusal) return options.onInvite(invitation)
        note(`refused with ${refusal.statusCode}: ${refusal.why}`)
        void invitation.reject(refusal).catch(() => {})
      },
      // Nobody may transfer us, out of a dialog or in one.
      onReferRequest: (request) => void request.reject({ statusCode: 603 }),
      onMessage: (message) => void message.accept().catch(() => {}),
      onNotify: (notification) => void notification.accept().catch(() => {}),
    },
  })
  let refusedChallenge: string | undefined
  const digest = createDigest({
    domain: start.domain,
    username: start.username,
    password: start.password,
    onRefused: (why, method) => {
      if (method === 'REGISTER') refusedChallenge = why
      note(`not answered: ${why}`)
    },
  })
  patchCore(userAgent.userAgentCore, digest)
  await userAgent.start()

  const transport = userAgent.transport
  if (!(transport instanceof EdgeTransport)) throw new TypeError('the transport is not ours')
  const registrar = createRegistrar({
    userAgent,
    instanceId: identity.instanceId,
    authorize: (message) => {
      for (const { header, value } of digest.ahead(toChallenged(message))) message.setHeader(header, value)
    },
    note: (title) => note(title, 'plain'),
  })
  return {
    userAgent,
    link: createLink(transport, registrar, {
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

/** What every invitation is asked before anybody looks who it is for. */
function whyRefused(invitation: Invitation, flowIsRegistered: boolean, supported: readonly string[]) {
  if (!flowIsRegistered) return { statusCode: 480, why: 'an INVITE over a connection that is not registered' }
  const lacked = lackedExtensions(invitation, supported)
  if (lacked.length === 0) return undefined
  const tags = lacked.join(', ')
  // RFC 3261 section 8.2.2.3
  return { statusCode: 420, why: `it requires ${tags}`, extraHeaders: [`Unsupported: ${tags}`] }
}

function createLink(
  transport: EdgeTransport,
  registrar: Registrar,
  challenge: { take(): string | undefined; forget(): void },
): Link {
  return {
    open: (edge, deadlineMs) => transport.openEdge(edge, deadlineMs),
    close: () => transport.closeEdge(),
    register: async (expiresSeconds, deadlineMs) => {
      challenge.forget()
      if (transport.flow === 'new') transport.flow = 'asked'
      const outcome = await registrar.register(expiresSeconds, deadlineMs)
      if (outcome.status === 'accepted' && expiresSeconds > 0) transport.flow = 'registered'
      return outcome
    },
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
