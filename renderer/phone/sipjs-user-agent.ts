// SIP.js, configured so that its defaults cannot hurt: no console, no passwords, no blind REFER, invitations looked at first.
import { type Invitation, SIPExtension, URI, UserAgent } from 'sip.js'
import { createDropReporter } from './drop-report.ts'
import { EdgeTransport, type EdgeTransportOptions } from './edge-transport.ts'
import { randomToken } from './identity.ts'
import { createSipTracer } from './sip-trace.ts'
import { ignoreStrangeExpires, lackedExtensions } from './sipjs-patches.ts'
import type { UserAgentOptions } from './user-agent.ts'

type SipOptions = NonNullable<ConstructorParameters<typeof UserAgent>[0]>

export function createUserAgent(options: UserAgentOptions, note: (title: string) => void): UserAgent {
  const { start, identity, report } = options
  const transportOptions: EdgeTransportOptions = {
    createSocket: options.createSocket,
    trace: createSipTracer(report),
    report,
  }
  const userAgent: UserAgent = new UserAgent({
    ...settings,
    uri: new URI('sip', start.username, start.domain),
    ...(start.displayName ? { displayName: start.displayName } : {}),
    contactName: identity.contactUser,
    viaHost: identity.contactHost,
    instanceId: identity.instanceId,
    sipjsId: randomToken(5),
    transportOptions,
    noAnswerTimeout: options.ringMs / 1000,
    logConnector: createDropReporter(report),
    ...(options.describe ? { sessionDescriptionHandlerFactory: options.describe } : {}),
    delegate: {
      onInvite: (invitation) => receive(userAgent, invitation),
      // Nobody may transfer us, out of a dialog or in one.
      onReferRequest: (request) => void request.reject({ statusCode: 603 }),
      onNotify: (notification) => void notification.accept().catch(() => {}),
    },
  })
  const receive = ({ transport, userAgentCore }: UserAgent, invitation: Invitation) => {
    ignoreStrangeExpires(invitation)
    const isRegistered = transport instanceof EdgeTransport && transport.flow !== 'asked'
    const refusal = whyRefused(invitation, isRegistered, userAgentCore.configuration.supportedOptionTags)
    if (!refusal) return options.onInvite(invitation)
    note(`refused with ${refusal.statusCode}: ${refusal.why}`)
    void invitation.reject(refusal).catch(() => {})
  }
  return userAgent
}

const settings: SipOptions = {
  // Contract F.1: `transport=ws` in the Contact selects the WebRTC path, also over TLS.
  contactParams: { transport: 'ws' },
  userAgentString: 'VoIPBIN-Companion',
  transportConstructor: EdgeTransport,
  gracefulShutdown: false,
  logBuiltinEnabled: false,
  // The default prints HA1 and URL in clear.
  logConfiguration: false,
  logLevel: 'warn',
  // 180 only after our own checks.
  sendInitialProvisionalResponse: false,
  // Reliable provisional answers where the other side wants them (RFC 3262).
  sipExtension100rel: SIPExtension.Supported,
  // Session timers (RFC 4028): session-timer.ts.
  sipExtensionExtraSupported: ['timer'],
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
