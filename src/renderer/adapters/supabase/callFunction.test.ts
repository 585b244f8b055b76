import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callFunction } from './callFunction.ts'

async function call(status: number, body: unknown) {
  const sent: { url: string; body: unknown }[] = []
  const answer = await callFunction(
    {
      url: 'http://backend.test',
      publishableKey: 'key',
      accessToken: () => Promise.resolve('token'),
      fetch(url, init) {
        sent.push({ url: url instanceof Request ? url.url : url.toString(), body: init?.body })
        return Promise.resolve(new Response(JSON.stringify(body), { status }))
      },
    },
    'start_timer',
    { p_room_id: 'r' },
    z.object({ phase: z.string() }).nullable(),
  )
  return { answer, sent }
}

describe('a function of the schema', () => {
  test('is called by its name, with what it takes', async () => {
    const { answer, sent } = await call(200, { phase: 'focus' })
    expect(answer).toEqual({ ok: true, value: { phase: 'focus' } })
    expect(sent).toEqual([{ url: 'http://backend.test/rest/v1/rpc/start_timer', body: '{"p_room_id":"r"}' }])
  })

  test('may answer with nothing', async () => {
    expect((await call(200, null)).answer).toEqual({ ok: true, value: null })
  })

  test('may refuse by its answer, with how long to wait', async () => {
    const { answer } = await call(200, { refusal: 'rate_limited', retryAfterSeconds: 9 })
    expect(answer).toMatchObject({ ok: false, error: { kind: 'rate_limited', retryAfterMs: 9_000 } })
  })

  test('may refuse by raising a stable code', async () => {
    const { answer } = await call(403, { code: 'PT403', message: 'not_allowed', details: null, hint: null })
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not_allowed' } })
  })

  test.each([
    ['with the seconds to wait', '12', 12_000],
    ['with none', null, null],
    ['with other details', 'soon', null],
  ])('may be raised as too often, %s', async (_what, details, retryAfterMs) => {
    const { answer } = await call(429, { code: 'PT429', message: 'rate_limited', details, hint: null })
    expect(answer).toMatchObject({ ok: false, error: { kind: 'rate_limited', retryAfterMs } })
  })

  test('that answers in another shape is not understood', async () => {
    expect((await call(200, { phase: 7 })).answer).toMatchObject({ ok: false, error: { kind: 'internal' } })
  })
})
