// Where things are: API, registrar domain and SIP edges of each environment, derived from the settings.
import net from 'node:net'
import { AppError } from '../../common/kit/errors.ts'
import type { Environment, Settings } from '../../common/model/settings.ts'

export interface Addresses {
  /** Without `/v1.0`. */
  apiUrl: string
  /** `voipbin.net`: parent of `registrar.` and `sip.` (contract A.1). */
  baseDomain: string
  /** SIP domain and digest realm of a customer (contract F.1). Throws `extension.noDomain` below an IP address. */
  domainOf(customerId: string): string
  /** Candidate SIP WebSockets, best first (contract F.2); `lastGood` moves to the front. */
  edgesOf(customerId: string, lastGood?: string): string[]
}

/** What a running practice platform says of itself. */
export interface PracticeAddresses {
  apiUrl: string
  edgeUrl: string
  baseDomain: string
}

type EdgeList = (customerId: string, base: string) => string[]

/** Load balancers forward 443 to the edge. */
const hostedEdges: EdgeList = (customerId, base) => [
  `wss://${customerId}.registrar.${base}`,
  `wss://sip.${base}`,
  `wss://registrar.${base}`,
]

/** Compose installs listen on 5066; some releases on 443. Plain ws only by the person's own override. */
const composeEdges: EdgeList = (customerId, base) => [
  `wss://sip.${base}:5066`,
  `wss://sip.${base}`,
  `wss://${customerId}.registrar.${base}`,
]

/** An address of one's own on the usual port: a load balancer, or Compose behind a reverse proxy. */
const customEdges: EdgeList = (customerId, base) => [
  ...hostedEdges(customerId, base),
  `wss://sip.${base}:5066`,
]

/** Contract A.1 and F.2, one row an environment that has fixed addresses. */
const fixed: Partial<Record<Environment, { apiUrl: string; baseDomain: string; edges: EdgeList }>> = {
  production: { apiUrl: 'https://api.voipbin.net', baseDomain: 'voipbin.net', edges: hostedEdges },
  sandbox: { apiUrl: 'https://api.voipbin.test:8443', baseDomain: 'voipbin.test', edges: composeEdges },
}

/** Throws `app.inputInvalid` for a custom environment without an address, `app.practiceFailed` without practice. */
export function toAddresses(settings: Settings, practice?: PracticeAddresses): Addresses {
  const row = settings.environment === 'practice' ? practiceRow(practice) : otherRow(settings)
  return {
    apiUrl: row.apiUrl,
    baseDomain: row.baseDomain,
    domainOf(customerId) {
      // A number has no names below it (contract A.1, F.1).
      if (isNumber(row.baseDomain)) throw new AppError('extension.noDomain', { detail: row.baseDomain })
      return `${customerId}.registrar.${row.baseDomain}`
    },
    edgesOf(customerId, lastGood) {
      if (settings.edgeUrl !== '') return [settings.edgeUrl]
      if (isNumber(row.baseDomain)) throw new AppError('extension.noDomain', { detail: row.baseDomain })
      const edges = row.edges(customerId, row.baseDomain)
      return lastGood && edges.includes(lastGood)
        ? [lastGood, ...edges.filter((edge) => edge !== lastGood)]
        : edges
    },
  }
}

function practiceRow(practice: PracticeAddresses | undefined) {
  if (!practice) throw new AppError('app.practiceFailed', { detail: 'it is not running' })
  return { ...practice, apiUrl: withoutTail(practice.apiUrl), edges: () => [practice.edgeUrl] }
}

function otherRow(settings: Settings) {
  const known = fixed[settings.environment]
  if (known) return known
  if (settings.apiUrl === '') throw new AppError('app.inputInvalid', { detail: 'apiUrl' })
  const apiUrl = withoutTail(settings.apiUrl)
  const { hostname, port } = new URL(apiUrl)
  return {
    apiUrl,
    baseDomain: settings.baseDomain || hostname.replace(/^api\./, ''),
    // 8443 is the port of Compose and sandbox installs (contract A.1).
    edges: port === '8443' ? composeEdges : customEdges,
  }
}

const isNumber = (base: string) => net.isIP(base.replace(/^\[|\]$/g, '')) !== 0

/** People paste the address with `/v1.0` or a slash. */
function withoutTail(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/v1\.0$/, '')
}
