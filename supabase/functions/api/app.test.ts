import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apiErrorBodySchema } from '../../../src/shared/api/errors.ts'
import { createApiApp } from './app.ts'

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'

/** An app whose database answers `answers` by the function's name, and notes what it was asked. */
function createTestApp(answers: Readonly<Record<string, unknown>> = {}): {
  readonly calls: string[]
  send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response>
  advance(durationMs: number): void
} {
  const calls: string[] = []
  let nowMs = 0
  const app = createApiApp({
    supabaseUrl: 'http://database.test',
    publishableKey: 'publishable',
    secretKey: 'sb_secret_default',
    secretKeys: ['sb_secret_default', 'sb_secret_prometheus', 'eyJ.older.key'],
    environment: {},
    now: () => nowMs,
    fetch: async (request) => {
      const name = new URL(request.url).pathname.split('/').at(-1) ?? ''
      const body = z.object({ p_privacy: z.string().optional() }).parse(await request.json())
      calls.push(body.p_privacy ? `${name} ${body.p_privacy}` : name)
      return Response.json(answers[name] ?? [])
    },
  })
  return {
    calls,
    send: async (method, path, body, headers = { authorization: 'Bearer token' }) =>
      await app.fetch(new Request(`http://api.test/api${path}`, { method, headers, ...(body && { body }) })),
    advance: (durationMs) => {
      nowMs += durationMs
    },
  }
}

async function readError(response: Response): Promise<{ code: string; message: string }> {
  return apiErrorBodySchema.parse(await response.json()).error
}

describe('the API', () => {
  test.each([
    ['POST', '/rooms/create'],
    ['GET', '/rooms/list'],
    ['POST', `/rooms/${roomId}/join`],
    ['POST', `/rooms/${roomId}/leave`],
    ['GET', `/rooms/${roomId}/participants`],
    ['PATCH', `/rooms/${roomId}/media`],
    ['POST', `/rooms/${roomId}/media-token`],
  ])('%s %s needs a token', async (method, path) => {
    const app = createTestApp()
    const response = await app.send(method, path, undefined, {})
    expect(response.status).toBe(401)
    expect((await readError(response)).code).toBe('not_signed_in')
    expect(app.calls).toEqual([])
  })

  test.each([
    ['no JSON', '/rooms/create', '{', /not JSON/],
    ['no name', '/rooms/create', '{}', /name/],
    ['an empty name', '/rooms/create', '{"name":"   "}', /name/],
    ['a name too long', '/rooms/create', JSON.stringify({ name: 'x'.repeat(81) }), /name/],
    ['a NUL character', '/rooms/create', JSON.stringify({ name: 'a\u0000b' }), /NUL/],
    ['too many tags', '/rooms/create', '{"name":"x","tags":["a","b","c","d","e","f"]}', /tags/],
    ['too few people', '/rooms/create', '{"name":"x","maxParticipants":1}', /maxParticipants/],
    [
      'a password of too many bytes',
      '/rooms/create',
      JSON.stringify({ name: 'x', password: '🔑'.repeat(19) }),
      /password/,
    ],
    ['no connection', `/rooms/${roomId}/join`, '{}', /connectionId/],
    ['no room id', '/rooms/1/join', '{}', /does not name a room/],
  ])('refuses %s in words that help', async (_what, path, body, message) => {
    const app = createTestApp()
    const response = await app.send('POST', path, body)
    expect(response.status).toBe(400)
    expect(await readError(response)).toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(message),
    })
    expect(app.calls).toEqual([])
  })

  test.each(['limit=0', 'limit=21', 'limit=x', 'limit=', 'cursor=zzz', 'privacy=secret', 'tags=a,b,c,d,e,f'])(
    'refuses the list query %s',
    async (query) => {
      const response = await createTestApp().send('GET', `/rooms/list?${query}`)
      expect((await readError(response)).code).toBe('invalid_input')
    },
  )

  test('refuses a body that is too large', async () => {
    const response = await createTestApp().send(
      'POST',
      '/rooms/create',
      JSON.stringify({ name: 'x'.repeat(20_000) }),
    )
    expect(response.status).toBe(413)
    expect((await readError(response)).code).toBe('invalid_input')
  })

  test('answers an unknown address in its own words', async () => {
    const response = await createTestApp().send('GET', '/nothing')
    expect(response.status).toBe(404)
    expect((await readError(response)).code).toBe('invalid_input')
  })

  test('lets pages of the app call it, and nothing be cached on the way', async () => {
    const app = createTestApp()
    const preflight = await app.send('OPTIONS', '/rooms/list', undefined, {
      origin: 'app://studyhall',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,apikey',
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
    const response = await app.send('GET', '/rooms/list')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('tells the time to wait in the header, too', async () => {
    const app = createTestApp({ create_room: { refusal: 'rate_limited', retryAfterSeconds: 42 } })
    const response = await app.send('POST', '/rooms/create', '{"name":"x"}')
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('42')
    expect(await readError(response)).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 42 })
  })

  test('an answer against the contract is a bug, told as one', async () => {
    const app = createTestApp({ join_room: { unexpected: true } })
    const response = await app.send('POST', `/rooms/${roomId}/join`, JSON.stringify({ connectionId: roomId }))
    expect(response.status).toBe(500)
    expect((await readError(response)).code).toBe('internal')
  })
})

describe('what is for services alone', () => {
  const keys = ['sb_secret_default', 'sb_secret_prometheus', 'eyJ.older.key']

  test.each(keys)('takes the key %s, as apikey and as bearer', async (key) => {
    for (const headers of [{ apikey: key }, { authorization: `Bearer ${key}` }]) {
      const response = await createTestApp().send('POST', '/sfu/sweep', undefined, headers)
      // Let in, to where there is no media server.
      expect((await readError(response)).code).toBe('sfu_unavailable')
    }
  })

  test.each(['', 'publishable', 'sb_secret_defaulT', 'sb_secret_default2', keys.join(','), 'undefined'])(
    'refuses the key "%s"',
    async (key) => {
      const app = createTestApp()
      const headers = { apikey: key, authorization: `Bearer ${key}` }
      for (const [method, path] of [
        ['GET', '/metrics'],
        ['POST', '/sfu/sweep'],
      ] as const) {
        expect((await app.send(method, path, undefined, headers)).status).toBe(401)
      }
      expect(app.calls).toEqual([])
    },
  )
})

describe('the list of rooms', () => {
  test('keeps public pages for 5 s, and still has the token checked', async () => {
    const app = createTestApp()
    await app.send('GET', '/rooms/list?privacy=public')
    await app.send('GET', '/rooms/list?privacy=public')
    expect(app.calls).toEqual(['list_rooms public', 'list_rooms private'])
    app.advance(5_000)
    await app.send('GET', '/rooms/list?privacy=public')
    expect(app.calls).toHaveLength(3)
    expect(app.calls[2]).toBe('list_rooms public')
  })

  test('asks for one’s private rooms each time', async () => {
    const app = createTestApp()
    await app.send('GET', '/rooms/list')
    await app.send('GET', '/rooms/list')
    await app.send('GET', '/rooms/list?privacy=private')
    expect(app.calls.toSorted()).toEqual([...Array(3).fill('list_rooms private'), 'list_rooms public'])
  })

  test('keeps a page for each question', async () => {
    const app = createTestApp()
    await app.send('GET', '/rooms/list?tags=b,a&privacy=public')
    await app.send('GET', '/rooms/list?tags=a,b&privacy=public')
    await app.send('GET', '/rooms/list?q=a&privacy=public')
    await app.send('GET', '/rooms/list?q=a&privacy=public&order=lively&hasRoom=false')
    expect(app.calls.filter((call) => call.endsWith('public'))).toHaveLength(2)
    await app.send('GET', '/rooms/list?q=a&privacy=public&order=name')
    await app.send('GET', '/rooms/list?q=a&privacy=public&hasRoom=true')
    expect(app.calls.filter((call) => call.endsWith('public'))).toHaveLength(4)
    await app.send('GET', '/rooms/list?q=a&privacy=public&phase=focus')
    await app.send('GET', '/rooms/list?q=a&privacy=public&phase=break')
    expect(app.calls.filter((call) => call.endsWith('public'))).toHaveLength(6)
  })
})
