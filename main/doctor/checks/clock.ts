// The clock, held against the Date of the server's answer (RFC 9110 section 6.6.1), whoever signs for the server.
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { type CheckRow, failed, passed, skipped, warned } from '../check.ts'
import { ask, isPong, openFor } from '../wire.ts'

/** Tokens and certificates forgive this much. */
const goodS = 30
/** From here on sign-ins and certificates fail. */
const badS = 300

export const clock: CheckRow = {
  id: 'clock',
  after: ['connect'],
  async look(look) {
    const { apiUrl } = look.target
    const before = look.machine.now()
    const date = await openFor(apiUrl, look)
      .then((socket) => ask(new URL('/ping', apiUrl), socket, look))
      // Anybody's clock may be wrong, a portal's most of all: only a VoIPBIN is believed.
      .then(({ headers, body }) => (isPong(body) ? Date.parse(headers.date ?? '') : Number.NaN))
      .catch(() => Number.NaN)
    const after = look.machine.now()
    if (Number.isNaN(date)) return skipped(phrase('The server does not tell the time'))
    // The header has whole seconds: half of one is the best guess of the rest.
    const aheadS = Math.round(((before + after) / 2 - (date + 500)) / 1_000)
    const evidence = [
      { name: phrase('Here'), value: new Date(after).toISOString() },
      { name: phrase('Server'), value: new Date(date).toISOString() },
    ]
    const off = Math.abs(aheadS)
    if (off <= goodS) return passed(phrase('In step with the server'), evidence)
    const says =
      aheadS > 0
        ? phrase('{n, plural, one {# second} other {# seconds}} ahead of the server', { n: off })
        : phrase('{n, plural, one {# second} other {# seconds}} behind the server', { n: off })
    const error = new AppError('doctor.clockOff', { detail: `${aheadS} s` })
    // Which of the two clocks is wrong nobody can see from here.
    return off >= badS ? failed(says, error, 'likely', evidence) : warned(says, error, 'likely', evidence)
  },
}
