import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Log } from '../log/log.ts'
import { isLoopbackHost } from './hostGuard.ts'

type Handler = (request: Request) => Response | Promise<Response>

/** What answers behind the gateway. */
export type GatewayParts = {
  readonly instanceId: string
  readonly runId: string
  readonly api: Handler
  readonly functions: Handler
  readonly realtime: Handler
  readonly log: Log
}

const megabyte = 1024 * 1024
/** Rows and accounts are small. */
const apiBodyLimitBytes = megabyte
/** The test of the connection before a call uploads some megabytes. */
const functionBodyLimitBytes = 16 * megabyte

const functionsPrefix = '/functions/v1'

function answerPreflight(context: Context): Response {
  return context.body(null, 204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'access-control-allow-headers':
      context.req.header('access-control-request-headers') ??
      'authorization, apikey, content-type, x-client-info',
    'access-control-allow-private-network': 'true',
    'access-control-max-age': '86400',
  })
}

/** Some handlers answer with headers that cannot be changed, so a response is rebuilt rather than amended. */
function withCors(response: Response): Response {
  if (response.headers.has('access-control-allow-origin')) return response
  const headers = new Headers(response.headers)
  headers.set('access-control-allow-origin', '*')
  headers.set(
    'access-control-expose-headers',
    'content-range, content-location, preference-applied, retry-after',
  )
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

const limited = (maxSize: number) =>
  bodyLimit({
    maxSize,
    // What is left of the body is not read, so the connection can serve nothing further.
    onError: (context) =>
      context.json({ message: 'The request is too large.' }, 413, { connection: 'close' }),
  })

/** The path a function sees: on Supabase it begins with the function's name. */
function functionRequest(request: Request): Request {
  const url = new URL(request.url)
  url.pathname = url.pathname.slice(functionsPrefix.length)
  return new Request(url, request)
}

/**
 * The backend's one HTTP surface, with Supabase's paths. Any origin may call it, without cookies: what protects data is
 * the key and the token that each request carries.
 */
export function createGatewayApp(parts: GatewayParts): { fetch: Handler } {
  const app = new Hono()
  app.onError((error, context) => {
    // SECURITY: the text of an unexpected error stays inside.
    parts.log.error(`gateway: ${context.req.method} ${context.req.path} failed: ${error.name}`)
    return withCors(context.json({ message: 'Something went wrong in the backend.' }, 500))
  })
  app.notFound((context) => context.json({ message: 'There is nothing at this path.' }, 404))
  app.use(async (context, next) => {
    if (!isLoopbackHost(context.req.header('host'))) {
      return context.json({ message: 'This backend answers to the names of its own machine only.' }, 421)
    }
    if (context.req.method === 'OPTIONS') return answerPreflight(context)
    await next()
    context.res = withCors(context.res)
    return undefined
  })
  app.get('/health', (context) =>
    context.json({ instanceId: parts.instanceId, runId: parts.runId, status: 'ready' }, 200, {
      'cache-control': 'no-store',
    }),
  )
  const { api, functions, realtime } = parts
  for (const path of ['/auth/v1/*', '/rest/v1/*'])
    app.all(path, limited(apiBodyLimitBytes), (context) => api(context.req.raw))
  app.all(`${functionsPrefix}/api/*`, limited(functionBodyLimitBytes), (context) =>
    functions(functionRequest(context.req.raw)),
  )
  app.all('/realtime/v1/api/*', limited(apiBodyLimitBytes), (context) => realtime(context.req.raw))
  return { fetch: (request) => app.fetch(request) }
}
