import { describe, expect, test } from 'vitest'
import { createDatabaseCall, readDatabaseError } from './databaseCall.ts'

function callThatAnswers(answer: () => Promise<Response>): ReturnType<typeof createDatabaseCall> {
  return createDatabaseCall({
    supabaseUrl: 'http://database.test',
    publishableKey: 'publishable',
    secretKey: 'secret',
    environment: {},
    fetch: answer,
  })
}

describe('an error of the Data API', () => {
  test.each([
    ['an expected refusal', 403, { code: 'PT403', message: 'not_participant' }, 'not_participant', 403],
    ['a token that is no good', 401, { code: 'PGRST301', message: 'JWT expired' }, 'not_signed_in', 401],
    ['somebody who is not signed in', 403, { code: '42501', message: 'denied' }, 'not_signed_in', 401],
    ['a value the database cannot take', 400, { code: '22021', message: '0x00' }, 'invalid_input', 400],
    ['a constraint', 409, { code: '23514', message: 'violates' }, 'invalid_input', 400],
    ['anything else', 500, { code: 'XX000', message: 'secret detail' }, 'internal', 500],
    ['no JSON at all', 502, null, 'internal', 500],
  ])('%s is told by its code', (_what, status, body, kind, expectedStatus) => {
    const refusal = readDatabaseError(status, body)
    expect(refusal).toMatchObject({ kind, status: expectedStatus })
    expect(refusal.message).not.toMatch(/secret detail|violates|0x00|denied/)
  })
})

test.each([
  ['with the seconds to wait', 'rate_limited', '12', 12],
  ['with none', 'rate_limited', null, undefined],
  ['with other details', 'rate_limited', 'secret detail', undefined],
  ['of another refusal', 'not_allowed', '12', undefined],
])('a limit is raised %s', (_what, message, details, retryAfterSeconds) => {
  const refusal = readDatabaseError(429, { code: 'PT429', message, details, hint: null })
  expect(refusal.kind).toBe(message)
  expect(refusal.retryAfterSeconds).toBe(retryAfterSeconds)
})

describe('a call of the database', () => {
  test('goes out in the name of the user', async () => {
    let seen: Request | undefined
    const call = createDatabaseCall({
      supabaseUrl: 'http://database.test',
      publishableKey: 'publishable',
      secretKey: 'secret',
      environment: {},
      fetch: (request) => {
        seen = request
        return Promise.resolve(Response.json([]))
      },
    })
    expect(await call('token', 'list_rooms', { p_limit: 3 })).toEqual({ ok: true, value: [] })
    expect(seen?.url).toBe('http://database.test/rest/v1/rpc/list_rooms')
    expect(seen?.headers.get('authorization')).toBe('Bearer token')
    expect(seen?.headers.get('apikey')).toBe('publishable')
    expect(await seen?.json()).toEqual({ p_limit: 3 })
  })

  test('says that the database cannot be reached', async () => {
    const call = callThatAnswers(() => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1')))
    const outcome = await call('token', 'list_rooms', {})
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'internal', status: 503 } })
    expect(JSON.stringify(outcome)).not.toContain('10.0.0.1')
  })

  test.each([
    [{ refusal: 'room_full', capacity: 4, needsSfu: true }, 'room_full', /without a media server, 4 people/],
    [{ refusal: 'room_full', capacity: 8, needsSfu: false }, 'room_full', /full: 8 people/],
    [{ refusal: 'not_participant', reason: 'replaced' }, 'not_participant', /somewhere else/],
    [{ refusal: 'something new' }, 'internal', /went wrong/],
  ])('reads the refusal %j', async (answer, kind, message) => {
    const outcome = await callThatAnswers(() => Promise.resolve(Response.json(answer)))('t', 'join_room', {
      p_room_id: '',
      p_connection_id: '',
    })
    expect(outcome).toMatchObject({ ok: false, error: { kind, message: expect.stringMatching(message) } })
  })

  test('keeps the time to wait', async () => {
    const answer = { refusal: 'rate_limited', retryAfterSeconds: 17 }
    const outcome = await callThatAnswers(() => Promise.resolve(Response.json(answer)))('t', 'create_room', {
      p_name: 'x',
    })
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'rate_limited', retryAfterSeconds: 17 } })
  })
})
