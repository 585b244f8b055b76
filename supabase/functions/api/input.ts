import type { HonoRequest } from 'hono'
import type { z } from 'zod'
import { err, ok } from '../../../src/shared/result.ts'
import type { Result } from '../../../src/shared/result.ts'
import { describeIssue } from './describeIssue.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import type { Route, RouteInput } from './route.ts'

type AnyRouteInput = RouteInput<z.ZodType, z.ZodType, z.ZodType, z.ZodType>

/**
 * Everything that a route's handler needs of a request, or the refusal. In this order: who asks, the address, the query,
 * the headers, the body.
 */
export async function readInput(
  route: Route,
  request: HonoRequest,
  secretKeys: readonly string[],
): Promise<Result<AnyRouteInput, Refusal>> {
  const token = readAccess(route, request, secretKeys)
  if (!token.ok) return token
  const params = route.params ? readParams(request.param(), route.params) : ok(undefined)
  if (!params.ok) return params
  const query = route.query ? readQuery(request, route.query) : ok(undefined)
  if (!query.ok) return query
  const headers = route.headers ? readValue(request.header(), route.headers) : ok(undefined)
  if (!headers.ok) return headers
  const body = route.body ? await readBody(request, route.body) : ok(undefined)
  if (!body.ok) return body
  return ok({
    token: token.value,
    params: params.value,
    query: query.value,
    headers: headers.value,
    body: body.value,
    request,
  })
}

function readAccess(
  route: Route,
  request: HonoRequest,
  secretKeys: readonly string[],
): Result<string, Refusal> {
  if (route.access === 'open') return ok('')
  const token = readToken(request)
  if (route.access === 'user') return token
  const given = [token.ok ? token.value : '', request.header('apikey') ?? '']
  return isOneOf(given, secretKeys) ? ok('') : err(refuse('not_signed_in'))
}

/** The request's bearer token. */
function readToken(request: HonoRequest): Result<string, Refusal> {
  const match = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(request.header('authorization') ?? '')
  return match?.[1] ? ok(match[1]) : err(refuse('not_signed_in'))
}

/** SECURITY: every pair is compared, so that the time does not tell which key a guess is close to. */
function isOneOf(given: readonly string[], secretKeys: readonly string[]): boolean {
  const matches = given.flatMap((key) => secretKeys.map((secretKey) => isSameText(key, secretKey)))
  return matches.includes(true)
}

/** SECURITY: takes the same time wherever the texts differ; only the length shows. */
function isSameText(left: string, right: string): boolean {
  if (left.length !== right.length || right === '') return false
  let difference = 0
  for (let index = 0; index < left.length; index++) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index)
  }
  return difference === 0
}

/** What the path names. The schemas' messages are sentences of their own here. */
function readParams(params: unknown, schema: z.ZodType): Result<unknown, Refusal> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return ok(parsed.data)
  return err(refuse('invalid_input', { message: parsed.error.issues[0]?.message ?? 'The address is wrong.' }))
}

function readQuery(request: HonoRequest, schema: z.ZodType): Result<unknown, Refusal> {
  const values = new Map<string, string>()
  for (const [name, value] of new URL(request.url).searchParams) {
    if (values.has(name)) {
      return err(
        refuse('invalid_input', { message: `${name.slice(0, 40)}: is in the address more than once.` }),
      )
    }
    values.set(name, value)
  }
  return readValue(Object.fromEntries(values), schema)
}

/** The request's JSON body by its schema; no body at all counts as `{}`. */
async function readBody(request: HonoRequest, schema: z.ZodType): Promise<Result<unknown, Refusal>> {
  let body: unknown
  try {
    const text = await request.text()
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return err(refuse('invalid_input', { message: 'The body is not JSON.' }))
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return err(refuse('invalid_input', { message: 'The body is not a JSON object.' }))
  }
  return readValue(body, schema)
}

/** A value by its schema; the refusal says in words what is wrong, and where. */
function readValue(value: unknown, schema: z.ZodType): Result<unknown, Refusal> {
  const parsed = schema.safeParse(value, { error: describeIssue })
  if (parsed.success) return ok(parsed.data)
  const message = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'The request'}: ${issue.message.replace(/\.$/, '')}.`)
    .join(' ')
  return err(refuse('invalid_input', { message: message.slice(0, 500) }))
}
