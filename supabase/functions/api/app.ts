import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { API_BODY_MAX_BYTES } from '../../../src/shared/limits.ts'
import type { Result } from '../../../src/shared/result.ts'
import type { ApiDependencies } from './dependencies.ts'
import { refusalResponse, refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import { createRoomHandlers } from './roomHandlers.ts'

export type { ApiDependencies } from './dependencies.ts'

/**
 * The HTTP API of rooms, for paths that begin with `/api`. Holds no Deno-only code: the edge function serves it on
 * Supabase, and the embedded backend mounts the very same handler.
 */
export function createApiApp(dependencies: ApiDependencies): Hono {
  const handlers = createRoomHandlers(dependencies)
  const app = new Hono().basePath('/api')

  app.use(
    cors({
      // Requests are authorised by a header that only the app can set, never by a cookie.
      origin: '*',
      allowMethods: ['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
      allowHeaders: ['authorization', 'apikey', 'content-type', 'x-client-info', 'idempotency-key'],
      exposeHeaders: ['retry-after'],
      maxAge: 86_400,
    }),
  )
  app.use(
    bodyLimit({
      maxSize: API_BODY_MAX_BYTES,
      onError: () =>
        refusalResponse(refuse('invalid_input', { status: 413, message: 'The request is too large.' })),
    }),
  )
  app.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })

  app.post('/rooms/create', (context) => answer(context, handlers.create, 201))
  app.get('/rooms/list', (context) => answer(context, handlers.list))
  app.post('/rooms/:id/join', (context) => answer(context, handlers.join))
  app.post('/rooms/:id/leave', (context) => answer(context, handlers.leave))
  app.get('/rooms/:id/participants', (context) => answer(context, handlers.participants))
  app.patch('/rooms/:id/media', (context) => answer(context, handlers.media))

  app.notFound(() =>
    refusalResponse(refuse('invalid_input', { status: 404, message: 'There is nothing at this address.' })),
  )
  // SECURITY: a bug is told by its code alone.
  app.onError((error) => {
    console.error('api:', error)
    return refusalResponse(refuse('internal'))
  })
  return app
}

/** A handler's value as the response: 204 where there is nothing to say. */
async function answer(
  context: Context,
  handler: (request: Context['req']) => Promise<Result<unknown, Refusal>>,
  status: 200 | 201 = 200,
): Promise<Response> {
  const result = await handler(context.req)
  if (!result.ok) return refusalResponse(result.error)
  return result.value === null ? context.body(null, 204) : Response.json(result.value, { status })
}
