import { expect, test } from 'vitest'
import { timeByOwnClock } from './timeByOwnClock.ts'

const url = 'https://project.supabase.co'

async function ask(path: string, response: Response): Promise<string> {
  const answer = await timeByOwnClock(url, async () => {
    await Promise.resolve()
    return response
  })(new URL(path, url))
  expect(answer.status).toBe(response.status)
  return await answer.text()
}

const session = { access_token: 'a', expires_in: 3_600, expires_at: 1_700_000_000, refresh_token: 'b' }

test('a session says for how long it is good, and not until when by a clock that is not ours', async () => {
  expect(JSON.parse(await ask('/auth/v1/token?grant_type=refresh_token', Response.json(session)))).toEqual({
    access_token: 'a',
    expires_in: 3_600,
    refresh_token: 'b',
  })
})

test.each([
  ['/auth/v1/user', Response.json({ id: 'Ada' }), '{"id":"Ada"}'],
  ['/auth/v1/token', Response.json(session, { status: 400 }), JSON.stringify(session)],
  ['/auth/v1/logout', new Response(null, { status: 204 }), ''],
  ['/auth/v1/token', new Response('no JSON'), 'no JSON'],
  ['/rest/v1/rpc/list_invites', Response.json(session), JSON.stringify(session)],
  ['https://elsewhere.example/auth/v1/token', Response.json(session), JSON.stringify(session)],
])('%s passes as it is', async (path, response, expected) => {
  expect(await ask(path, response)).toBe(expected)
})
