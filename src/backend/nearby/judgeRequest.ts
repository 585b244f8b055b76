import { timingSafeEqual } from 'node:crypto'
import { NEARBY_EVENTS_PATH, NEARBY_MEDIA_PATH } from '../../shared/nearby/nearbyProtocol.ts'
import { isLoopbackHost } from '../gateway/hostGuard.ts'

/*
 * What of the backend guests may use. Everything that is not named is refused; the backend's own rules (tokens, grants, policies) hold
 * behind it as they do for the host's own app.
 */

/** What a guest asks, as it stands in the request. */
export type GuestRequest = {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: {
    readonly host?: string | undefined
    readonly authorization?: string | undefined
    readonly apikey?: string | readonly string[] | undefined
  }
  /** It asks to become a WebSocket. */
  readonly isUpgrade: boolean
}

/** `key` is what guests have, `publishableKey` what the backend wants instead. Guests never learn the latter. */
export type GuestKeys = { readonly key: string; readonly publishableKey: string }

export type Verdict =
  /** `target` and `headers` are in the backend's own terms. */
  | {
      readonly kind: 'forward'
      readonly to: 'backend' | 'media'
      readonly target: string
      readonly headers: Readonly<Record<string, string>>
      readonly isSignUp: boolean
    }
  | { readonly kind: 'events' }
  /** A page's question whether it may ask, which carries no key. */
  | { readonly kind: 'preflight' }
  | { readonly kind: 'refuse'; readonly status: 401 | 403 | 404 | 405 | 421; readonly isWrongKey: boolean }

const GET = ['GET']
const POST = ['POST']
const uuid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'

/** Paths to the letter, with the methods that they know here. */
const allowed: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/auth\/v1\/(signup|token|logout)$/, POST],
  [/^\/auth\/v1\/user$/, ['GET', 'PUT']],
  [/^\/rest\/v1\/rpc\/[a-z_]{1,64}$/, POST],
  [/^\/rest\/v1\/rooms$/, GET],
  [/^\/rest\/v1\/profiles$/, ['PATCH']],
  [/^\/functions\/v1\/api\/rooms\/(list|tags)$/, GET],
  [/^\/functions\/v1\/api\/rooms\/create$/, POST],
  [
    new RegExp(`^/functions/v1/api/rooms/${uuid}(?:/[\\w-]{1,64}){0,3}$`),
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  ],
  [/^\/functions\/v1\/api\/invites\/find$/, POST],
  [/^\/functions\/v1\/api\/(ice-servers|media-server)$/, GET],
  [/^\/functions\/v1\/api\/bandwidth$/, ['GET', 'POST']],
]

const realtimePath = '/realtime/v1/websocket'
/** Of LiveKit: the signaling of both protocol versions, and the question why it did not open. */
const mediaPath = /^\/rtc(\/v1)?(\/validate)?$/

/** Decides on a request. Pure. */
export function judgeRequest(request: GuestRequest, keys: GuestKeys): Verdict {
  // SECURITY: through a guest's own tunnel a web page could reach us by a name of its own (DNS rebinding).
  if (!isLoopbackHost(request.headers.host)) return refuse(421)
  const [path, query] = split(request.target)
  // SECURITY: no escapes, no dots that climb, no empty parts: what is compared here is what the backend will see.
  if (!/^(?:\/[\w-]+)+(?:\.[\w-]+)*$/.test(path)) return refuse(404)
  if (request.isUpgrade) return judgeUpgrade(path, query, request, keys)
  if (request.method === 'OPTIONS') return { kind: 'preflight' }
  if (path.startsWith(`${NEARBY_MEDIA_PATH}/`)) return judgeMedia(path, query, request, keys)
  // Supabase takes a key there, too.
  if (new URLSearchParams(query).has('apikey')) return refuse(403)
  const headers = translateKeys(request.headers, keys)
  if (headers.kind === 'refuse') return headers
  if (path === NEARBY_EVENTS_PATH) return request.method === 'GET' ? { kind: 'events' } : refuse(405)
  const rule = allowed.find(([pattern]) => pattern.test(path))
  if (rule === undefined) return refuse(404)
  if (!rule[1].includes(request.method)) return refuse(405)
  return {
    kind: 'forward',
    to: 'backend',
    target: request.target,
    headers: headers.values,
    isSignUp: path === '/auth/v1/signup',
  }
}

function judgeUpgrade(path: string, query: string, request: GuestRequest, keys: GuestKeys): Verdict {
  if (path.startsWith(`${NEARBY_MEDIA_PATH}/`)) return judgeMedia(path, query, request, keys)
  if (path !== realtimePath) return refuse(404)
  const search = new URLSearchParams(query)
  if (search.getAll('apikey').length !== 1 || !isSame(search.get('apikey') ?? '', keys.key)) return wrongKey
  search.set('apikey', keys.publishableKey)
  return {
    kind: 'forward',
    to: 'backend',
    target: `${path}?${search.toString()}`,
    headers: {},
    isSignUp: false,
  }
}

/** `/nearby/media/<key>/rtc…` is LiveKit's `/rtc…`, where the token that the API has handed out decides. */
function judgeMedia(path: string, query: string, request: GuestRequest, keys: GuestKeys): Verdict {
  const rest = path.slice(NEARBY_MEDIA_PATH.length + 1)
  const at = rest.indexOf('/')
  if (at === -1 || !isSame(rest.slice(0, at), keys.key)) return wrongKey
  const target = rest.slice(at)
  if (!mediaPath.test(target)) return refuse(404)
  if (request.method !== 'GET') return refuse(405)
  const headers: Record<string, string> =
    request.headers.authorization === undefined ? {} : { authorization: request.headers.authorization }
  return {
    kind: 'forward',
    to: 'media',
    target: query === '' ? target : `${target}?${query}`,
    headers,
    isSignUp: false,
  }
}

type Translated =
  | { readonly kind: 'headers'; readonly values: Readonly<Record<string, string>> }
  | Extract<Verdict, { kind: 'refuse' }>

/**
 * The headers that say who asks, in the backend's terms.
 * SECURITY: nothing but the guests' key and the token of somebody signed in goes through, so that the backend's secret key, and tokens
 * of its service, are of no use in a request from out here, even to somebody who has got hold of them.
 */
function translateKeys(headers: GuestRequest['headers'], keys: GuestKeys): Translated {
  const { apikey, authorization } = headers
  if (typeof apikey !== 'string' || !isSame(apikey, keys.key)) return wrongKey
  const values = { apikey: keys.publishableKey }
  if (authorization === undefined) return { kind: 'headers', values }
  const token = /^Bearer ([\w.-]{1,8192})$/.exec(authorization)?.[1]
  if (token === undefined) return refuse(403)
  if (isSame(token, keys.key)) {
    return { kind: 'headers', values: { ...values, authorization: `Bearer ${keys.publishableKey}` } }
  }
  return roleOf(token) === 'authenticated'
    ? { kind: 'headers', values: { ...values, authorization } }
    : refuse(403)
}

/** The `role` claim of a JSON web token; null where there is none. Whether it is signed is the backend's business. */
function roleOf(token: string): unknown {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null && 'role' in claims ? claims.role : null
  } catch {
    return null
  }
}

/** Takes the same time wherever the texts differ. */
function isSame(text: string, secret: string): boolean {
  const [one, other] = [Buffer.from(text), Buffer.from(secret)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function split(target: string): readonly [string, string] {
  const at = target.indexOf('?')
  return at === -1 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

function refuse(status: 403 | 404 | 405 | 421): Extract<Verdict, { kind: 'refuse' }> {
  return { kind: 'refuse', status, isWrongKey: false }
}

const wrongKey = { kind: 'refuse', status: 401, isWrongKey: true } as const
