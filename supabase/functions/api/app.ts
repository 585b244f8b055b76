import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { API_BODY_MAX_BYTES } from '../../../src/shared/limits.ts'
import { createDatabaseCall } from './databaseCall.ts'
import type { ApiDependencies } from './dependencies.ts'
import { createConnectionRoutes } from './connection/connectionRoutes.ts'
import { readInput } from './input.ts'
import { createMetricsRoutes } from './metrics/metricsRoutes.ts'
import { answerInvitation } from './invitation/answerInvitation.ts'
import { createInviteRoutes } from './invites/inviteRoutes.ts'
import { createAdmissionRoutes } from './admission/admissionRoutes.ts'
import { createModerationRoutes } from './moderation/moderationRoutes.ts'
import { createOpenApiRoute } from './openapi/createOpenApiRoute.ts'
import { refusalResponse, refuse } from './refusal.ts'
import { createRoomRoutes } from './rooms/roomRoutes.ts'
import type { Route } from './route.ts'
import { createServiceCall } from './serviceCall.ts'
import { createSfu } from './sfu/createSfu.ts'
import type { Sfu } from './sfu/createSfu.ts'
import { createSfuRoutes } from './sfu/sfuRoutes.ts'

export type { ApiDependencies } from './dependencies.ts'

/** Every operation of the API. `sfu` is the media server's; by default the one that the environment names. */
export function createRoutes(
  dependencies: ApiDependencies,
  sfu: Sfu = createConfiguredSfu(dependencies),
): readonly Route[] {
  const routes = [
    ...createRoomRoutes(dependencies, sfu),
    ...createInviteRoutes(dependencies),
    ...createModerationRoutes(dependencies),
    ...createAdmissionRoutes(dependencies),
    ...createConnectionRoutes(dependencies),
    ...createSfuRoutes(sfu),
    ...createMetricsRoutes(dependencies),
  ]
  return [...routes, createOpenApiRoute(routes)]
}

function createConfiguredSfu(dependencies: ApiDependencies): Sfu {
  return createSfu({
    environment: dependencies.environment,
    call: createDatabaseCall(dependencies),
    callAsService: createServiceCall(dependencies),
    now: dependencies.now ?? Date.now,
    afterwards: dependencies.afterwards,
  })
}

/**
 * The HTTP API, for paths that begin with `/api`. Holds no Deno-only code: the edge function serves it on Supabase, and
 * the embedded backend mounts the very same handler.
 */
export function createApiApp(dependencies: ApiDependencies): Hono {
  const app = new Hono().basePath('/api')

  app.use(
    cors({
      // Requests are authorised by a header that only the app can set, never by a cookie.
      origin: '*',
      allowMethods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'],
      allowHeaders: ['authorization', 'apikey', 'content-type', 'x-client-info', 'idempotency-key'],
      exposeHeaders: ['retry-after'],
      maxAge: 86_400,
    }),
  )
  app.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })

  const sfu = createConfiguredSfu(dependencies)
  const routes = createRoutes(dependencies, sfu)
  const secretKeys = dependencies.secretKeys ?? [dependencies.secretKey]
  for (const route of routes)
    addRoute(app, route, secretKeys, () => {
      if (route.changesMedia) dependencies.afterwards?.(sfu.sweep())
    })
  refuseOtherMethods(app, routes)
  // A page for people and no operation of the API: no token, and a refusal is a page, too.
  app.get('/invitation/*', (context) => answerInvitation(context.req.raw, dependencies.supabaseUrl))

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

/** @param onDone told when the route has done what it was asked for */
function addRoute(app: Hono, route: Route, secretKeys: readonly string[], onDone: () => void): void {
  const limit = bodyLimit({
    maxSize: route.maxBodyBytes ?? API_BODY_MAX_BYTES,
    onError: () =>
      refusalResponse(refuse('invalid_input', { status: 413, message: 'The request is too large.' })),
  })
  app.on(route.method, route.path, limit, async (context) => {
    const input = await readInput(route, context.req, secretKeys)
    if (!input.ok) return refusalResponse(input.error)
    const result = await route.handle(input.value)
    if (result.ok) onDone()
    return result.ok ? successResponse(route, result.value) : refusalResponse(result.error)
  })
}

function successResponse(route: Route, value: unknown): Response {
  if (value instanceof Response) return value
  const { status, contentType } = route.answer
  if (status === 204) return new Response(null, { status })
  if (contentType === undefined) return Response.json(value, { status })
  return new Response(String(value), { status, headers: { 'content-type': contentType } })
}

/** An address that exists answers other methods with what it does know. */
function refuseOtherMethods(app: Hono, routes: readonly Route[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase())
    app.all(path, () => {
      const response = refusalResponse(
        refuse('invalid_input', {
          status: 405,
          message: `This address knows ${methods.join(' and ')} only.`,
        }),
      )
      response.headers.set('allow', methods.join(', '))
      return response
    })
  }
}
