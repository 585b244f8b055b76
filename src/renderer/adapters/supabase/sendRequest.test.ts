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
