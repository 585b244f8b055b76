import type { z } from 'zod'
import { err, ok } from '../../../src/shared/result.ts'
import type { Result } from '../../../src/shared/result.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'

/** What the database answered, by the contract; anything else is a bug and told as one. */
export function readAs<T>(schema: z.ZodType<T>, value: unknown): Result<T, Refusal> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  console.error('api: the database answered against the contract:', parsed.error.issues)
  return err(refuse('internal'))
}

/** A call whose answer matters only where it is a refusal. */
export function asDone(answer: Result<unknown, Refusal>): Result<null, Refusal> {
  return answer.ok ? ok(null) : answer
}

/** What the database answered, for reading or adding to. */
export function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
