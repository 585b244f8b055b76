import type { HonoRequest } from 'hono'
import { z } from 'zod'
import { err, ok } from '../../../src/shared/result.ts'
import type { Result } from '../../../src/shared/result.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'

/** The request's bearer token. */
export function readToken(request: HonoRequest): Result<string, Refusal> {
  const match = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(request.header('authorization') ?? '')
  return match?.[1] ? ok(match[1]) : err(refuse('not_signed_in'))
}

/** The room that the path names. */
export function readRoomId(request: HonoRequest): Result<string, Refusal> {
  const parsed = z.uuid().safeParse(request.param('id'))
  return parsed.success
    ? ok(parsed.data)
    : err(refuse('invalid_input', { message: 'The address does not name a room.' }))
}

/** The request's JSON body by its schema. */
export async function readBody<T>(request: HonoRequest, schema: z.ZodType<T>): Promise<Result<T, Refusal>> {
  let body: unknown
  try {
    body = await request.json()
  } catch {
    return err(refuse('invalid_input', { message: 'The body is not JSON.' }))
  }
  return readValue(body, schema)
}

/** A value by its schema; the refusal says in words what is wrong, and where. */
export function readValue<T>(value: unknown, schema: z.ZodType<T>): Result<T, Refusal> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  const message = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'The body'}: ${issue.message.replace(/\.$/, '')}.`)
    .join(' ')
  return err(refuse('invalid_input', { message: message.slice(0, 500) }))
}
