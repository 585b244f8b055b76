import { createDocument } from 'zod-openapi'
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { apiErrorBodySchema, apiErrorCodeSchema } from '../../../../src/shared/api/errors.ts'
import type { ApiErrorCode } from '../../../../src/shared/api/errors.ts'
import { API_BODY_MAX_BYTES } from '../../../../src/shared/limits.ts'
import { refuse } from '../refusal.ts'
import type { Route } from '../route.ts'

/** The version of the API's contract: the first number rises with changes that older clients cannot live with. */
const API_VERSION = '1.0.0'

/** The OpenAPI 3.1 document of the routes, as JSON. */
export function createOpenApiDocument(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes) {
    const path = `/api${route.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method]: describeOperation(route) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Studyhall',
      version: API_VERSION,
      description:
        'Rooms to study together in. Every refusal is `{error: {code, message, retryAfterSeconds?}}`: decide by the code, ' +
        'show the message. What a schema does not name is ignored.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: '{supabaseUrl}/functions/v1',
        variables: {
          supabaseUrl: { default: 'http://127.0.0.1:54321', description: 'The Supabase project.' },
        },
      },
    ],
    paths: paths satisfies ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        userToken: { type: 'http', scheme: 'bearer', description: 'The access token of somebody signed in.' },
        projectKey: {
          type: 'apiKey',
          in: 'header',
          name: 'apikey',
          description: 'The project’s publishable key, which Supabase asks for with every request.',
        },
        secretKey: { type: 'http', scheme: 'bearer', description: 'A secret key of the project.' },
      },
    },
  })
}

function describeOperation(route: Route): ZodOpenApiOperationObject {
  const { params, query, headers } = route
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description && { description: route.description }),
    tags: [route.tag ?? 'Other'],
    security: describeAccess(route.access),
    // zod-openapi wants to know that these are objects, which a route's are by what they read.
    requestParams: {
      ...asParams('path', params),
      ...asParams('query', query),
      ...asParams('header', headers),
    },
    ...describeBody(route),
    responses: describeResponses(route),
  }
}

function asParams(place: string, schema: Route['params']): object {
  return schema === undefined ? {} : { [place]: schema }
}

function describeAccess(access: Route['access']): Record<string, string[]>[] {
  if (access === 'open') return []
  return access === 'user' ? [{ userToken: [], projectKey: [] }] : [{ secretKey: [] }]
}

function describeBody(route: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (route.body) {
    return { requestBody: { content: { 'application/json': { schema: route.body } } } }
  }
  if (route.rawBodyType === undefined) return {}
  const schema = {
    type: 'string',
    format: 'binary',
    maxLength: route.maxBodyBytes ?? API_BODY_MAX_BYTES,
  } as const
  return { requestBody: { content: { [route.rawBodyType]: { schema } } } }
}

/** The codes that each status may carry: those of the route, and those that its access and schemas imply. */
export function listRefusals(route: Route): ReadonlyMap<number, readonly ApiErrorCode[]> {
  const isChecked = route.params ?? route.query ?? route.headers ?? route.body
  const byStatus = new Map<number, ApiErrorCode[]>()
  const add = (status: number, code: ApiErrorCode): void => {
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  if (route.access !== 'open') add(401, 'not_signed_in')
  if (isChecked) add(400, 'invalid_input')
  // Every body is measured, also one that nobody reads.
  if (route.method !== 'get') add(413, 'invalid_input')
  for (const code of route.refusals) add(refuse(code).status, code)
  add(500, 'internal')
  add(503, 'internal')
  return byStatus
}

/** A refusal's body, with no other codes than those that its status may carry. */
function describeRefusal(codes: readonly ApiErrorCode[]): typeof apiErrorBodySchema {
  const error = apiErrorBodySchema.shape.error.extend({ code: apiErrorCodeSchema.extract([...codes]) })
  return apiErrorBodySchema.extend({ error })
}

function describeResponses(route: Route): ZodOpenApiResponsesObject {
  const { status, schema, contentType, description } = route.answer
  const text = { schema: { type: 'string' } } as const
  const success: ZodOpenApiResponseObject = {
    description: description ?? (status === 204 ? 'Done.' : 'The answer.'),
    ...(schema && { content: { 'application/json': { schema } } }),
    ...(contentType && { content: { [contentType]: text } }),
  }
  const responses: Record<string, ZodOpenApiResponseObject> = { [status]: success }
  for (const [refused, codes] of listRefusals(route)) {
    const [first = 'internal'] = codes
    const example = {
      error: {
        code: first,
        message: refuse(first).message,
        ...(first === 'rate_limited' ? { retryAfterSeconds: 42 } : {}),
      },
    }
    responses[refused] = {
      description: `Refused: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
      ...(codes.includes('rate_limited') && {
        headers: {
          'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
        },
      }),
      content: { 'application/json': { schema: describeRefusal(codes), example } },
    }
  }
  return responses
}
