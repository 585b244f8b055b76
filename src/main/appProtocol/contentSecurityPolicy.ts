import { judgeMediaServer } from '../../shared/backend/transportSecurity.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'

/** What the page may connect to besides itself, as CSP sources. */
export type ConnectSources = readonly string[]

/** Any port of this machine: the embedded backend's, which may change when another app's backend takes over. */
const loopbackSources: ConnectSources = ['http://127.0.0.1:*', 'ws://127.0.0.1:*']

/**
 * What a page loaded now may connect to: the exact origins of a hosted backend; for the embedded one every loopback port,
 * because pages are loaded before it has one. `livekitUrl` is the SFU's that the person has set, if any.
 */
export function connectSources(connection: BackendConnection, livekitUrl: string | null): ConnectSources {
  const hosted = connection.kind === 'ready' && connection.mode === 'hosted'
  const sfu = (connection.kind === 'ready' ? connection.livekitUrl : null) ?? livekitUrl
  return [
    ...(hosted ? originsFor(connection.url) : loopbackSources),
    ...(sfu === null ? [] : originsFor(sfu)),
  ]
}

/** The HTTP and WebSocket origins of an URL; none when it is not one, or in the clear and not on this machine. */
function originsFor(url: string): ConnectSources {
  const parsed = URL.parse(url)
  if (parsed === null || judgeMediaServer(parsed) !== null) return []
  const { protocol, host } = parsed
  // SECURITY: a host that carries CSP syntax would change the policy.
  if (!/^[a-z0-9.\-:[\]]+$/i.test(host)) return []
  const secure = protocol === 'https:' || protocol === 'wss:'
  return secure ? [`https://${host}`, `wss://${host}`] : [`http://${host}`, `ws://${host}`]
}

/**
 * The Content-Security-Policy of every page. Everything is refused that is not named; there is no `unsafe-inline` and no
 * `unsafe-eval`; WebAssembly, which the background's and the noise's models run in, comes from the app itself. `blob:` media is what recordings and virtual backgrounds play from; `data:` images are small icons.
 */
export function contentSecurityPolicy(connect: ConnectSources): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self' data: blob:`,
    `media-src 'self' blob:`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `connect-src ${["'self'", ...new Set(connect)].join(' ')}`,
    `frame-src 'none'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
