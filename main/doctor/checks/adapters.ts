// Adapters: is there a network at all, and does something virtual stand in the way?
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { isLoopback } from '../../platform/proxy.ts'
import { type CheckRow, failed, hostOf, passed, warned } from '../check.ts'

/** Tunnels of the usual VPNs; bridges of Docker and virtual machines lead nowhere and are left out. */
const tunnel = /^(tun|tap|wg|utun|ppp|ipsec|zt|tailscale|nordlynx|proton|cscotun|gpd|vpn)/i
const tunnelWords = /vpn|wireguard|tap-windows|tunnel|anyconnect|globalprotect|fortinet|zscaler|tailscale/i

export const adapters: CheckRow = {
  id: 'adapters',
  after: [],
  async look({ machine, target }) {
    const up = machine.adapters().filter(({ internal, address }) => !internal && !isLinkLocal(address))
    const evidence = up.map(({ name, address }) => ({ name: name, value: address }))
    if (up.length === 0 && !isLoopback(hostOf(target.apiUrl)))
      return failed(phrase('No adapter has an address'), new AppError('doctor.noNetwork'), 'certain')
    const tunnels = new Set(
      up.flatMap(({ name }) => (tunnel.test(name) || tunnelWords.test(name) ? [name] : [])),
    )
    if (tunnels.size > 0) {
      const detail = [...tunnels].join(', ')
      return warned(
        phrase('{names} is up', { names: detail }),
        new AppError('doctor.tunnel', { detail }),
        'possible',
        evidence,
      )
    }
    const n = new Set(up.map(({ name }) => name)).size
    return passed(phrase('{n, plural, one {# adapter} other {# adapters}} with an address', { n }), evidence)
  },
}

/** Handed out by nobody: it leads nowhere (RFC 3927, RFC 4291 section 2.5.6). */
const isLinkLocal = (address: string) => /^(169\.254\.|fe[89ab])/i.test(address)
