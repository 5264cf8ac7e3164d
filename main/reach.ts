// How main reaches servers and whom it believes: pins and authorities of the profile in use, the proxy of this system.
import { getProxyForUrl } from 'proxy-from-env'
import { AppError } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { Host } from './host.ts'
import { readAuthorities } from './platform/authorities.ts'
import type { Reach } from './platform/tls.ts'
import type { SettingsFeature } from './settings/settings.ts'

interface ReachParts {
  settings: Pick<SettingsFeature, 'current'>
  /** The shell's word for an address, as a PAC script would say it: `PROXY host:port; DIRECT`. */
  resolveProxy: Host['resolveProxy']
  log: Log
}

export function createReach({ settings, resolveProxy, log }: ReachParts): Reach {
  return {
    get pins() {
      return settings.current().pins
    },
    get authorities() {
      return readAuthorities(settings.current().caFile)
    },
    async proxyFor(url) {
      // The variables first: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, and NO_PROXY for what needs none.
      const named = getProxyForUrl(url.href)
      const proxy = named === '' ? parsePac(await askShell(url)) : toProxy(named)
      if (proxy === 'unusable') {
        // Directly would be past what the system wants, and most often a riddle: no answer at all.
        throw new AppError('network.proxyFailed', {
          detail: 'only HTTP and HTTPS proxies can be used, not SOCKS',
        })
      }
      return proxy
    },
  }

  async function askShell(url: URL): Promise<string> {
    try {
      return (await resolveProxy?.(url.href)) ?? ''
    } catch (thrown) {
      log.warn('the system did not tell its proxy', thrown)
      return ''
    }
  }
}

type Found = URL | undefined | 'unusable'

/** The first way that can be gone; SOCKS cannot. */
export function parsePac(text: string): Found {
  let found: Found
  for (const way of text.split(';').map((each) => each.trim())) {
    const [kind = '', place = ''] = way.split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return undefined
    const scheme = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()]
    if (scheme) return toProxy(`${scheme}://${place}`)
    if (kind !== '') found = 'unusable'
  }
  return found
}

function toProxy(text: string): Found {
  if (!URL.canParse(text)) return 'unusable'
  const url = new URL(text)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : 'unusable'
}
