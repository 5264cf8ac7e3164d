// The way through an HTTP proxy: CONNECT (RFC 9110 section 9.3.6), so that certificates are checked end to end as without one.
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { AppError } from '../../common/kit/errors.ts'

const connectMs = 10_000

/** What never leaves this machine never goes through a proxy, whatever the settings say. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return net.isIPv4(name) ? name.startsWith('127.') : name === '::1'
}

/** A connection to host and port through the proxy. Rejects with `network.proxyFailed` or `network.proxyLogin`. */
export function openTunnel(proxy: URL, host: string, port: number): Promise<net.Socket> {
  const target = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`
  const isSecure = proxy.protocol === 'https:'
  return new Promise((resolve, reject) => {
    // Never the proxy's own address with user name and password.
    const fail = (why: string, cause?: unknown) =>
      reject(new AppError('network.proxyFailed', { detail: `${proxy.host}: ${why}`, cause }))
    const request = (isSecure ? https : http).request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: Number(proxy.port || (isSecure ? 443 : 80)),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...toLogin(proxy) },
      agent: false,
      timeout: connectMs,
    })
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error))
    request.on('timeout', () => request.destroy(new Error(`no answer within ${connectMs / 1_000} s`)))
    request.on('connect', ({ statusCode = 0, statusMessage = '' }, socket: net.Socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0)
        if (head.length > 0) socket.unshift(head)
        return resolve(socket)
      }
      socket.destroy()
      if (statusCode === 407) reject(new AppError('network.proxyLogin', { detail: proxy.host, status: 407 }))
      else fail(`${statusCode} ${statusMessage} for ${target}`.slice(0, 200))
    })
    request.end()
  })
}

/** The basic scheme (RFC 7617): what the variables of the system can say. */
function toLogin({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }
}
