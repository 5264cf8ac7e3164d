// The window's two origins and the headers each file of the page is served with: the same rules in both shells.

/** Never resolves outside this machine: `.localhost` is loopback by definition (RFC 6761 section 6.3). */
export const chromiumOrigin = 'https://app.voipbin.localhost'
export const electronScheme = 'app'
export const electronOrigin = `${electronScheme}://companion`

/**
 * Nothing but our own files; sockets only to SIP edges: secure ones, or practice on this machine.
 * Which edge is a setting of a running page, so the host is not part of the policy.
 * No inline script or style, and no markup from strings: the page is built so that it needs neither.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self' blob: mediastream:",
  "connect-src 'self' wss: ws://127.0.0.1:* ws://localhost:*",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'microphone=(self), speaker-selection=(self), camera=(), geolocation=(), usb=(), hid=(self)',
  'cache-control': 'no-store',
}
