import { z } from 'zod'
import { ok } from '../../../../src/shared/result.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'

/** `GET /api/openapi.json`: what the API is, made from its own table of routes when it is first asked for. */
export function createOpenApiRoute(routes: readonly Route[]): Route {
  let document: Promise<object> | null = null
  const route: Route = defineRoute({
    method: 'get',
    path: '/openapi.json',
    operationId: 'describeApi',
    summary: 'This document',
    tag: 'About',
    access: 'open',
    answer: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
    refusals: [],
    async handle() {
      document ??= import('./createOpenApiDocument.ts').then(({ createOpenApiDocument }) =>
        createOpenApiDocument([...routes, route]),
      )
      return ok(await document)
    },
  })
  return route
}
