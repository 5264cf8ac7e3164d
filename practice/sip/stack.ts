// The SIP.js core in the role of a server: transactions and dialogs, over many flows instead of one.
import {
  type Contact,
  IncomingRequestMessage,
  IncomingResponseMessage,
  LoggerFactory,
  Parser,
  type Transport,
  UserAgentCore,
  type UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js'
import { URI } from 'sip.js/lib/grammar/index.js'
import { parseContacts, phoneOf, takeContacts } from './contacts.ts'
import type { Flow } from './flow.ts'

export interface Stack {
  readonly core: UserAgentCore
  /** A message of a phone. What cannot be parsed is logged and dropped. */
  receive(text: string, flow: Flow): void
  /** The flow that belongs to the request being handled right now. */
  receiving(): Flow | undefined
  /** The Contact values of a REGISTER, as they were written. */
  contactsOf(message: IncomingRequestMessage): string[]
  /** From now on requests to this contact go over this flow. */
  learn(contactUri: string, flow: Flow): void
  forget(flow: Flow): void
  /** Whether a request to this contact has a socket to go over. */
  reaches(contactUri: string): boolean
}

/**
 * Answers go back over the flow of their request. Our own requests find theirs by the user and host of the
 * Request-URI each time they are sent, so a dialog moves to the new socket when its phone registers again.
 */
export function createStack(
  domain: string,
  log: (line: string) => void,
  delegate: UserAgentCoreDelegate,
): Stack {
  const flows = new Map<string, Flow>()
  const written = new WeakMap<IncomingRequestMessage, string[]>()
  let handled: Flow | undefined

  const toPhone: Transport = {
    protocol: 'WS',
    async send(text) {
      const uri = /^\S+ (\S+) SIP\/2\.0\r\n/.exec(text)?.[1]
      const flow = uri === undefined ? undefined : flows.get(phoneOf(uri))
      if (!flow?.open) throw new Error(`no socket reaches ${uri}`)
      log(`> ${firstLine(text)}`)
      await flow.send(text)
    },
  }
  const back = (flow: Flow): Transport => ({
    protocol: 'WS',
    send(text) {
      log(`> ${firstLine(text)}`)
      return flow.send(text)
    },
  })
  const core = createCore(domain, delegate, () => (handled ? back(handled) : toPhone))
  const logger = core.loggerFactory.getLogger('practice.stack')

  return {
    core,
    receive(text, flow) {
      log(`< ${firstLine(text)}`)
      const before = handled
      handled = flow
      try {
        const { rest, contacts } = text.startsWith('REGISTER ')
          ? takeContacts(text)
          : { rest: text, contacts: [] }
        const message = Parser.parseMessage(rest, logger)
        if (message instanceof IncomingRequestMessage) {
          written.set(message, contacts)
          receiveRequest(core, message, (contact) => flows.set(phoneOf(contact), flow))
        } else if (message instanceof IncomingResponseMessage) {
          handled = undefined
          core.receiveIncomingResponseFromTransport(message)
        } else log('  not a SIP message: dropped')
      } catch (error) {
        log(`  could not be handled: ${error instanceof Error ? error.message : String(error)}`)
      } finally {
        handled = before
      }
    },
    receiving: () => handled,
    contactsOf: (message) => written.get(message) ?? [],
    learn: (contactUri, flow) => void flows.set(phoneOf(contactUri), flow),
    forget(flow) {
      for (const [phone, known] of flows) if (known === flow) flows.delete(phone)
    },
    reaches: (contactUri) => flows.get(phoneOf(contactUri))?.open ?? false,
  }
}

function receiveRequest(
  core: UserAgentCore,
  message: IncomingRequestMessage,
  learn: (uri: string) => void,
): void {
  // The core wants its own address in the Request-URI and answers 404 otherwise. A registrar is whoever is asked.
  if (message.ruri) core.configuration.aor = message.ruri
  // A request inside a dialog tells where the phone is now (target refresh, RFC 3261 section 12.2.2).
  const inDialog = core.dialogs.has(message.callId + message.toTag + message.fromTag)
  const contact = inDialog ? parseContacts(message.getHeaders('contact'))[0] : undefined
  if (contact) learn(contact.uri)
  core.receiveIncomingRequestFromTransport(message)
}

function createCore(
  domain: string,
  delegate: UserAgentCoreDelegate,
  transport: () => Transport,
): UserAgentCore {
  const loggerFactory = new LoggerFactory()
  loggerFactory.builtinEnabled = false
  const uri = new URI('sip', 'practice', domain, undefined, { transport: 'ws' })
  const contact: Contact = { pubGruu: undefined, tempGruu: undefined, uri, toString: () => `<${uri}>` }
  return new UserAgentCore(
    {
      aor: uri,
      contact,
      displayName: '',
      loggerFactory,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: '',
      supportedOptionTags: [],
      supportedOptionTagsResponse: [],
      userAgentHeaderFieldValue: 'VoIPBIN practice',
      viaForceRport: false,
      viaHost: domain,
      authenticationFactory: () => undefined,
      transportAccessor: transport,
    },
    delegate,
  )
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\r\n')).slice(0, 200)
}
