// Address translation: does the network keep one outer port for all servers (RFC 4787 section 4.1)?
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { type CheckRow, passed, skipped, warned } from '../check.ts'

export const nat: CheckRow = {
  id: 'nat',
  after: ['stun'],
  async look({ known, machine }) {
    const seen = known.mapped ?? []
    const evidence = seen.map(({ server, address }) => ({
      name: server,
      value: address,
    }))
    if (seen.length < 2) return skipped(phrase('Two STUN servers are needed to see it'))
    const outer = new Set(seen.map(({ address }) => address))
    if (outer.size > 1) {
      const error = new AppError('doctor.natStrict', { detail: [...outer].join(', ') })
      return warned(phrase('Each server sees another address'), error, 'certain', evidence)
    }
    const [address = ''] = outer
    const own = machine.adapters().some((one) => address.startsWith(`${one.address}:`))
    return own
      ? passed(phrase('None: the address of this machine is seen outside'), evidence)
      : passed(phrase('One outer address for all servers'), evidence)
  },
}
