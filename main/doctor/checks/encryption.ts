// TLS: what the server shows, whether the companion believes it, and who else may be signing.
import type { PeerCertificate } from 'node:tls'
import { AppError, type ErrorCode } from '../../../common/kit/errors.ts'
import type { Evidence } from '../../../common/model/doctor.ts'
import { phrase } from '../../../common/words/say.ts'
import { isPinFor } from '../../platform/tls.ts'
import { toNetworkError, toSaid } from '../../platform/translate.ts'
import {
  type CheckRow,
  failed,
  hostOf,
  isSecure,
  type Look,
  type Outcome,
  passed,
  portOf,
  skipped,
  warned,
} from '../check.ts'
import { findDistrust, openConnection, type Shown, showCertificate } from '../wire.ts'

/** Products that open TLS and sign it anew, by what they write into their certificates. */
const inspectors =
  /zscaler|netskope|fortinet|fortigate|palo alto|sophos|blue ?coat|symantec|mcafee|skyhigh|cisco umbrella|barracuda|check point|watchguard|forcepoint|kaspersky|eset|avast|avg |bitdefender|adguard|mitmproxy|charles proxy|fiddler|burp|squid/i

export const encryption: CheckRow = {
  id: 'encryption',
  after: ['connect'],
  async look(look) {
    const { apiUrl } = look.target
    if (!isSecure(apiUrl)) return skipped(phrase('The address says http: nothing is encrypted'))
    const host = hostOf(apiUrl)
    let shown: Shown
    try {
      shown = await showCertificate(await openConnection(apiUrl, look), host, look)
    } catch (thrown) {
      const code = toSaid(thrown)
      const error = new AppError('doctor.noEncryption', { detail: `${host}: ${code}` })
      // Plain text where TLS is due comes as a wrong version; a cut in the handshake is a firewall or a wrong port.
      const isPlain = /WRONG_VERSION|EPROTO|PACKET_LENGTH/.test(code)
      return failed(phrase('No TLS handshake'), error, isPlain ? 'certain' : 'likely', [
        { name: phrase('Seen'), value: code },
      ])
    }
    shown.socket.destroy()
    return judge(shown, host, await findDistrust(apiUrl, look), look)
  },
}

function judge(shown: Shown, host: string, fault: Error | undefined, look: Look): Outcome {
  const evidence = toEvidence(shown)
  const signer = toSigner(shown.chain)
  const detail = `${host}: ${signer}`
  const isInspector = inspectors.test(
    shown.chain.map(({ issuer }) => Object.values(issuer).join(' ')).join(' '),
  )
  if (fault === undefined) {
    const isOwn = isPinned(host, look) || (look.reach.authorities?.length ?? 0) > 0
    look.known.isEndToEnd = !isInspector && (shown.isTrusted || isOwn)
    if (shown.isTrusted || (isOwn && !isInspector))
      return passed(phrase('Trusted: signed by {signer}', { signer }), evidence)
    const says = phrase('Trusted by this system only: signed by {signer}', { signer })
    return isInspector
      ? warned(says, new AppError('doctor.intercepted', { detail }), 'certain', evidence)
      : passed(says, evidence)
  }
  if (isInspector)
    return failed(
      phrase('Signed by {signer}', { signer }),
      new AppError('doctor.intercepted', { detail }),
      'certain',
      evidence,
    )
  const says = phrase('Not trusted: {fault}', { fault: shown.fault || toSaid(fault) })
  const code = codeOf(shown, look.machine.now())
  if (code === undefined) return failed(says, toNetworkError(fault, host), 'certain', evidence)
  return failed(says, new AppError(code, { detail }), 'certain', evidence)
}

function codeOf({ chain, fault }: Shown, now: number): ErrorCode | undefined {
  const [leaf] = chain
  const isOut = leaf && (Date.parse(leaf.valid_to) < now || Date.parse(leaf.valid_from) > now)
  if (isOut || /EXPIRED|NOT_YET_VALID/.test(fault)) return 'doctor.certificateEnded'
  return /ALTNAME/.test(fault) ? 'doctor.certificateName' : undefined
}

const isPinned = (host: string, { reach, target }: Look) =>
  reach.pins.some((pin) => isPinFor(pin, host, portOf(target.apiUrl)))

function toEvidence({ chain, protocol, fault }: Shown): Evidence[] {
  const [leaf] = chain
  return [
    { name: phrase('Version'), value: protocol },
    { name: phrase('For'), value: leaf?.subjectaltname ?? String(leaf?.subject.CN ?? '') },
    { name: phrase('Valid'), value: leaf ? `${leaf.valid_from} – ${leaf.valid_to}` : '' },
    { name: phrase('Chain'), value: chain.map((one) => nameOf(one.subject)).join(' ← ') },
    { name: phrase('Signed by'), value: toSigner(chain) },
    ...(fault ? [{ name: phrase('Seen'), value: fault }] : []),
  ].filter(({ value }) => value !== '')
}

/** Who stands behind it all: the issuer of the last certificate that was shown. */
function toSigner(chain: readonly PeerCertificate[]): string {
  const last = chain.at(-1)
  return last ? nameOf(last.issuer) : ''
}

const nameOf = (who: PeerCertificate['issuer']): string =>
  [who.CN, who.O].flat().filter(Boolean).map(String).join(', ').slice(0, 120)
