// Is it a VoIPBIN that answers there? It says "pong" to everybody (contract A.1).
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { toNetworkError, toStatusError } from '../../platform/translate.ts'
import { type CheckRow, failed, hostOf, type Outcome, passed, warned } from '../check.ts'
import { type Answer, ask, isPong, openFor } from '../wire.ts'

/** A person notices from here on. */
const slowMs = 1_500

export const api: CheckRow = {
  id: 'api',
  after: ['connect', 'encryption'],
  async look(look) {
    const url = new URL('/ping', look.target.apiUrl)
    try {
      const socket = await openFor(url, look)
      return judge(await ask(url, socket, look), url)
    } catch (thrown) {
      return failed(phrase('No answer to a request'), toNetworkError(thrown, hostOf(url)), 'likely')
    }
  },
}

function judge({ status, headers, body, ms }: Answer, url: URL): Outcome {
  const type = headers['content-type'] ?? ''
  const evidence = [
    { name: phrase('Answer'), value: `${status} ${type}`.trim() },
    ...(headers.location ? [{ name: phrase('Leads to'), value: toPlace(headers.location, url) }] : []),
    ...(headers.server ? [{ name: phrase('Server'), value: String(headers.server).slice(0, 80) }] : []),
  ]
  if (status === 200 && isPong(body)) {
    const time = Math.round(ms)
    if (ms < slowMs)
      return passed(phrase('It is a VoIPBIN; it answers after {time, number} ms', { time }), evidence)
    const error = new AppError('network.timeout', { detail: `${url.host}: ${time} ms` })
    return warned(phrase('It is a VoIPBIN, but slow: {time, number} ms', { time }), error, 'likely', evidence)
  }
  // 511 is made for portals (RFC 6585 section 6); most of them lead elsewhere or show a page of their own.
  const leadsAway = status >= 300 && status < 400 && toPlace(headers.location ?? '', url) !== url.host
  if (status === 511 || leadsAway)
    return failed(
      phrase('The answer leads elsewhere'),
      new AppError('doctor.portal', { detail: `${url.host}: ${status}`, status }),
      status === 511 ? 'certain' : 'likely',
      evidence,
    )
  if (status >= 500) {
    const error = toStatusError({
      status,
      text: '',
      requestId: undefined,
      credential: 'none',
      path: url.pathname,
    })
    return failed(phrase('The server answers with an error'), error, 'certain', evidence)
  }
  const error = new AppError('doctor.notVoipbin', { detail: `${url.host}: ${status} ${type}`, status })
  return failed(phrase('The answer is not that of a VoIPBIN'), error, 'certain', evidence)
}

/** The host alone: what follows may hold a session of the portal. */
function toPlace(location: string, from: URL): string {
  return URL.canParse(location, from.href) ? new URL(location, from).host : ''
}
