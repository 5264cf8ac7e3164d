// The SIP endpoint of one registration: the user agent, its digest, and the link that the supervisor holds.
import type { Invitation, UserAgent } from 'sip.js'
import type { PhoneStart } from '../../common/bridge/table.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { createDigest } from './digest.ts'
import { type CreateSocket, EdgeTransport } from './edge-transport.ts'
import type { SipIdentity } from './identity.ts'
import type { Link } from './link.ts'
import { createRegistrar, type Registrar } from './register.ts'
import { patchCore, toChallenged } from './sipjs-patches.ts'
import { createUserAgent } from './sipjs-user-agent.ts'

export interface UserAgentOptions {
  start: Pick<PhoneStart, 'domain' | 'username' | 'password' | 'displayName'>
  identity: SipIdentity
  createSocket: CreateSocket
  /** An invitation that rings for longer is refused as not answered. */
  ringMs: number
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

export async function createSipEndpoint(options: UserAgentOptions): Promise<SipEndpoint> {
  const { start, identity, report } = options
  const note = (title: string, tone: NewTraceRow['tone'] = 'bad') =>
    report({ at: Date.now(), source: 'sip', direction: 'none', title: title.slice(0, 300), tone })

  const userAgent = createUserAgent(options, note)
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
