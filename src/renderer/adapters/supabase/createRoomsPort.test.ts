import { describe, expect, test } from 'vitest'
import { createRoomSummary } from '../../../../test/support/rooms.ts'
import { createRoomsPort } from './createRoomsPort.ts'

const roomId = '11111111-1111-4111-8111-111111111111'
const connectionId = '22222222-2222-4222-8222-222222222222'

function openPort(answer: Response | Error, token: string | null = 'token', sfuUrl: string | null = null) {
  const requests: { url: string; init: RequestInit }[] = []
  const port = createRoomsPort({
    url: 'http://backend.test',
    publishableKey: 'publishable',
    sfuUrl,
    accessToken: () => Promise.resolve(token),
    fetch: (url, init) => {
      requests.push({ url: url instanceof Request ? url.url : url.toString(), init: init ?? {} })
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
  })
  return { port, requests }
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })

describe('requests', () => {
  test('carry the key and the bearer token', async () => {
    const { port, requests } = openPort(json(201, { roomId }))
    expect(await port.create({ name: 'Thesis hour' }, connectionId)).toEqual({ ok: true, value: { roomId } })
    expect(requests[0]?.url).toBe('http://backend.test/functions/v1/api/rooms/create')
    expect(requests[0]?.init).toMatchObject({
      method: 'POST',
      headers: {
        apikey: 'publishable',
        authorization: 'Bearer token',
        'content-type': 'application/json',
        'idempotency-key': connectionId,
      },
      body: '{"name":"Thesis hour"}',
    })
  })

  test('list asks in the query, and leaves out what is not asked for', async () => {
    const { port, requests } = openPort(json(200, { rooms: [], nextCursor: null }))
    await port.list({
      q: 'deep work',
      tags: ['maths', 'quiet'],
      hasRoom: true,
      phase: 'break',
      order: 'name',
      cursor: 'abc',
      limit: 20,
    })
    await port.list({})
    expect(requests.map(({ url }) => url)).toEqual([
      'http://backend.test/functions/v1/api/rooms/list?tags=maths%2Cquiet&q=deep+work&hasRoom=true&phase=break&order=name&cursor=abc&limit=20',
      'http://backend.test/functions/v1/api/rooms/list?',
    ])
  })

  test('an empty answer is fine where nothing is expected', async () => {
    const { port } = openPort(new Response(null, { status: 204 }))
    expect(await port.leave(roomId, connectionId)).toEqual({ ok: true, value: undefined })
  })

  test.each([
    ['removed', 'removed'],
    ['something newer', 'gone'],
  ])('a heartbeat that is answered %j is heard as %j', async (answered, outcome) => {
    const { port } = openPort(json(200, answered))
    expect(await port.heartbeat(roomId, connectionId)).toEqual({ ok: true, value: outcome })
  })

  test('the heartbeat goes to the Data API', async () => {
    const { port, requests } = openPort(json(200, 'replaced'))
    expect(await port.heartbeat(roomId, connectionId)).toEqual({ ok: true, value: 'replaced' })
    expect(requests[0]?.url).toBe('http://backend.test/rest/v1/rpc/heartbeat')
    expect(requests[0]?.init.body).toBe(`{"p_room_id":"${roomId}","p_connection_id":"${connectionId}"}`)
  })
})

describe('failures', () => {
  test('nobody signed in: nothing is sent', async () => {
    const { port, requests } = openPort(json(200, {}), null)
    expect(await port.list({})).toMatchObject({ ok: false, error: { kind: 'not_signed_in' } })
    expect(requests).toEqual([])
  })

  test.each([new TypeError('Failed to fetch'), new DOMException('timed out', 'TimeoutError')])(
    'no answer (%s) is unreachable',
    async (error) => {
      const { port } = openPort(error)
      expect(await port.list({})).toMatchObject({ ok: false, error: { kind: 'unreachable' } })
    },
  )

  test('an answer in another shape is never passed on', async () => {
    const { port } = openPort(json(200, { rooms: [{ ...createRoomSummary('x'), id: 7 }], nextCursor: null }))
    expect(await port.list({})).toMatchObject({ ok: false, error: { kind: 'internal' } })
    expect(await openPort(new Response('<html>')).port.list({})).toMatchObject({
      ok: false,
      error: { kind: 'internal' },
    })
  })
})

describe('the media server', () => {
  const answer = () =>
    json(200, { url: 'ws://127.0.0.1:7880', token: 't', expiresAt: '2026-11-27T00:00:00Z' })

  test('is where the backend says', async () => {
    const { port } = openPort(answer())
    expect(await port.mediaToken(roomId, connectionId)).toMatchObject({
      value: { url: 'ws://127.0.0.1:7880' },
    })
  })

  test('is reached by the guest’s own way, where there is one', async () => {
    const { port } = openPort(answer(), 'token', 'ws://127.0.0.1:5000/nearby/media/k')
    expect(await port.mediaToken(roomId, connectionId)).toMatchObject({
      value: { url: 'ws://127.0.0.1:5000/nearby/media/k', token: 't' },
    })
  })
})
