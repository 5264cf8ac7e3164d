// The SIP edge: each candidate from its name to the WebSocket handshake, as the phone would try them (contract F.2).
import { AppError, type ErrorCode } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { toNetworkError, toSaid } from '../../platform/translate.ts'
import { type CheckRow, failed, hostOf, isSecure, type Look, passed, portOf, skipped } from '../check.ts'
import { askUpgrade, findDistrust, openFor } from '../wire.ts'

interface Tried {
  edge: string
  /** Nothing: it is an edge. */
  error?: AppError
  /** How far it came; further is nearer to the truth. */
  stage: number
  seen: string
}

export const edge: CheckRow = {
  id: 'edge',
  // Not after the API: the edge is another server, and often on another port.
  after: ['adapters'],
  async look(look) {
    const { edges } = look.target
    if (edges.length === 0)
      return skipped(phrase('The edge is known after signing in, or when its address is given in Settings'))
    const tried = await Promise.all(edges.map((each) => tryEdge(each, look)))
    const evidence = tried.map(({ edge: value, seen }) => ({
      name: value,
      value: seen,
    }))
    const good = tried.find(({ error }) => error === undefined)
    if (good) return passed(phrase('{edge} speaks SIP', { edge: good.edge }), evidence)
    const [best] = [...tried].sort((one, other) => other.stage - one.stage)
    const error = best?.error ?? new AppError('doctor.edgeUnreachable')
    return failed(
      phrase('None of the edges can be used'),
      error,
      edges.length === 1 ? 'certain' : 'likely',
      evidence,
    )
  },
}

async function tryEdge(text: string, look: Look): Promise<Tried> {
  const url = new URL(text)
  const fail = (stage: number, code: ErrorCode, seen: string): Tried => ({
    edge: text,
    stage,
    seen,
    error: new AppError(code, { detail: `${url.host}: ${seen}` }),
  })
  try {
    const fault = isSecure(url) ? await findDistrust(url, look) : undefined
    const known = fault && toNetworkError(fault, hostOf(url))
    if (known?.code === 'network.untrusted')
      return {
        edge: text,
        stage: 2,
        seen: 'certificate not trusted',
        error: new AppError('sip.untrusted', { detail: known.detail }),
      }
    if (known) return fail(codeStage(fault), toCode(fault), toSaid(fault))
    const { status, headers } = await askUpgrade(url, await openFor(url, look), look, 'sip')
    const isSip = status === 101 && headers['sec-websocket-protocol'] === 'sip'
    if (isSip) return { edge: text, stage: 4, seen: `101 sip, port ${portOf(url)}` }
    return fail(3, 'doctor.edgeNotSip', status === 101 ? '101 without the subprotocol sip' : String(status))
  } catch (thrown) {
    return fail(codeStage(thrown), toCode(thrown), toSaid(thrown))
  }
}

const toCode = (thrown: unknown): ErrorCode => {
  const code = toSaid(thrown)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'sip.nameUnknown'
  return /ECONNRESET|hang up|EPROTO|WRONG_VERSION|Parse|HPE_/.test(code)
    ? 'doctor.edgeNotSip'
    : 'doctor.edgeUnreachable'
}

/** Nothing resolved, nothing taken, or something that answered. */
function codeStage(thrown: unknown): number {
  const code = toCode(thrown)
  if (code === 'sip.nameUnknown') return 0
  return code === 'doctor.edgeUnreachable' ? 1 : 3
}
