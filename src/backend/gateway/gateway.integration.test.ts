import { Agent, request, type IncomingMessage } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await startTestBackend()
})

afterAll(async () => {
  await backend.stop()
})

/** `fetch` does not let a caller choose the Host header. */
function statusFor(host: string, path = '/health'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${backend.url}${path}`, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.once('error', reject)
    asked.end()
  })
}

describe('who may ask', () => {
  test('only requests that name this machine are answered', async () => {
    const port = new URL(backend.url).port
    expect(await statusFor(`127.0.0.1:${port}`)).toBe(200)
    expect(await statusFor(`localhost:${port}`)).toBe(200)
    expect(await statusFor(`evil.example:${port}`)).toBe(421)
    expect(await statusFor(`127.0.0.1.evil.example:${port}`)).toBe(421)
    expect(await statusFor('evil.example', '/rest/v1/rooms')).toBe(421)
  })

  test('a websocket under a foreign name is refused', async () => {
    const url = `${backend.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${backend.publishableKey}&vsn=1.0.0`
    const refused = new WebSocket(url, { headers: { host: 'evil.example' } })
    const status = await new Promise((resolve) => {
      refused.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      refused.once('error', () => {})
    })
    expect(status).toBe(421)
    const open = new WebSocket(url)
    await new Promise((resolve, reject) => {
      open.once('open', resolve)
      open.once('error', reject)
    })
    open.close()
  })

  test('pages of any origin may ask, without cookies', async () => {
    const preflight = await fetch(`${backend.url}/functions/v1/api/rooms/create`, {
      method: 'OPTIONS',
      headers: {
        origin: 'app://studyhall',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,apikey,content-type',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,apikey,content-type')
    expect(preflight.headers.has('access-control-allow-credentials')).toBe(false)
    const answers = await Promise.all(
      ['/health', '/rest/v1/rooms', '/auth/v1/health', '/functions/v1/api/nothing', '/nothing'].map((path) =>
        fetch(`${backend.url}${path}`, { headers: { apikey: backend.publishableKey } }),
      ),
    )
    expect(answers.map((answer) => answer.headers.get('access-control-allow-origin'))).toEqual(
      answers.map(() => '*'),
    )
  })
})

describe('what it answers', () => {
  test('health names the installation and the run', async () => {
    const answer = await fetch(`${backend.url}/health`)
    expect(await answer.json()).toEqual({
      instanceId: expect.stringMatching(/^[\da-f-]{36}$/),
      runId: expect.stringMatching(/^[\da-f-]{36}$/),
      status: 'ready',
    })
  })

  test('the functions see their own path and speak for themselves', async () => {
    const answer = await fetch(`${backend.url}/functions/v1/api/rooms/list`, {
      headers: { apikey: backend.publishableKey },
    })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: { code: 'not_signed_in' } })
  })

  test('a body that is too large is refused, whether it says so or not', async () => {
    const body = 'x'.repeat(2 * 1024 * 1024)
    const headers = { apikey: backend.publishableKey, 'content-type': 'application/json' }
    const said = await fetch(`${backend.url}/rest/v1/rooms`, { method: 'POST', headers, body })
    expect(said.status).toBe(413)
    const stream = new Blob([body]).stream()
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body: stream, duplex: 'half' }
    const unsaid = await fetch(`${backend.url}/rest/v1/rooms`, init)
    expect(unsaid.status).toBe(413)
  })

  test('a large body that nobody reads does not hold up the next request on its connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = async (method: string, body: string): Promise<number> => {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { apikey: backend.publishableKey, 'content-length': Buffer.byteLength(body) }
        const sent = request(`${backend.url}/functions/v1/api/rooms/create`, { method, agent, headers })
        sent.on('response', resolve)
        sent.on('error', reject)
        sent.end(body)
      })
      await readText(answer)
      return answer.statusCode ?? 0
    }
    try {
      const startMs = performance.now()
      expect(await ask('POST', 'x'.repeat(300_000))).toBe(413)
      // As long as whoever does not read it on would need to lose patience with the connection.
      while (performance.now() - startMs < 1_000) expect(await ask('POST', 'x')).toBe(401)
    } finally {
      agent.destroy()
    }
  })

  test('a method that no request can have is refused', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${backend.url}/functions/v1/api/rooms/list`, { method: 'TRACE' })
      sent.on('response', (answer) => resolve(answer.resume().statusCode))
      sent.on('error', reject)
      sent.end()
    })
    expect(status).toBe(405)
  })

  test('what is not there is not found', async () => {
    const paths = ['/', '/storage/v1/bucket', '/_system/introspect', '/functions/v1/other', '/rest/v2/x']
    const statuses = await Promise.all(
      paths.map(async (path) => (await fetch(`${backend.url}${path}`)).status),
    )
    expect(statuses).toEqual(paths.map(() => 404))
  })
})
