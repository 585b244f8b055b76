import { expect, test } from 'vitest'
import { toRoomsFailure } from './sendRequest.ts'

test('a refusal keeps its stable code and how long to wait', () => {
  const body = { error: { code: 'rate_limited', message: 'Wait', retryAfterSeconds: 42 } }
  expect(toRoomsFailure(429, body)).toEqual({ kind: 'rate_limited', message: 'Wait', retryAfterMs: 42_000 })
})

test.each([
  [401, 'not_signed_in'],
  [429, 'rate_limited'],
  [503, 'unreachable'],
  [500, 'internal'],
] as const)('a gateway that answers %d in its own shape is %s', (status, kind) => {
  expect(toRoomsFailure(status, { message: 'nginx' }).kind).toBe(kind)
})

test.each([
  [400, '22P02', 'invalid_input'],
  [400, '22003', 'invalid_input'],
  [401, '42501', 'not_signed_in'],
  [403, '42501', 'not_signed_in'],
  [400, '23514', 'internal'],
  [404, 'PGRST202', 'internal'],
] as const)('what the database itself refuses with %d %s is %s, without its words', (status, code, kind) => {
  const body = { code, message: 'invalid input syntax for type uuid: "x"', details: null, hint: null }
  const failure = toRoomsFailure(status, body)
  expect(failure.kind).toBe(kind)
  expect(failure.message).not.toContain('syntax')
})
