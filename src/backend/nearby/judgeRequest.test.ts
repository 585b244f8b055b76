import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRoutes } from '../../../supabase/functions/api/app.ts'
import { judgeRequest, type GuestRequest } from './judgeRequest.ts'

const key = 'Zm9vYmFyYmF6cXV4LV9hYg'
const publishableKey = 'sb_publishable_of-the-backend-itself-000000'
const keys = { key, publishableKey }
const room = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'

const tokenOf = (claims: object): string =>
  `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
const person = `Bearer ${tokenOf({ role: 'authenticated', sub: 'x' })}`

const ask = (target: string, given: Partial<GuestRequest> = {}, headers: GuestRequest['headers'] = {}) =>
  judgeRequest(
    {
      method: 'GET',
      target,
      isUpgrade: false,
      ...given,
      headers: { host: '127.0.0.1:4000', apikey: key, authorization: person, ...headers },
    },
    keys,
  )
const api = '/functions/v1/api'

describe('what guests may use', () => {
  test.each([
    ['POST', '/auth/v1/signup'],
    ['POST', '/auth/v1/token?grant_type=password'],
    ['POST', '/auth/v1/logout?scope=local'],
    ['GET', '/auth/v1/user'],
    ['PUT', '/auth/v1/user'],
    ['POST', '/rest/v1/rpc/heartbeat'],
    ['GET', `/rest/v1/rooms?select=topology,topology_epoch&id=eq.${room}`],
    ['PATCH', `/rest/v1/profiles?id=eq.${room}`],
    ['GET', `${api}/rooms/list?tags=quiet&limit=20`],
    ['GET', `${api}/rooms/tags`],
    ['POST', `${api}/rooms/create`],
    ['POST', `${api}/rooms/${room}/join`],
    ['PATCH', `${api}/rooms/${room}/media`],
    ['DELETE', `${api}/rooms/${room}/participants/${room}`],
    ['DELETE', `${api}/rooms/${room}/invites/${key}`],
    ['POST', `${api}/rooms/${room}/media-token`],
    ['POST', `${api}/invites/find`],
    ['GET', `${api}/ice-servers`],
    ['GET', `${api}/media-server`],
    ['POST', `${api}/bandwidth`],
  ])('%s %s', (method, target) => {
    expect(ask(target, { method })).toEqual({
      kind: 'forward',
      to: 'backend',
      target,
      headers: { apikey: publishableKey, authorization: person },
      isSignUp: target === '/auth/v1/signup',
    })
  })

  const routes = createRoutes({
    supabaseUrl: 'http://127.0.0.1:1',
    publishableKey,
    secretKey: 'sb_secret_x',
    environment: {},
    fetch: () => Promise.reject(new Error('nobody is asked')),
  })

  test.each(routes.map(({ method, path }) => [method.toUpperCase(), path] as const))(
    'every route of the API that is for people, and no other: %s %s',
    (method, path) => {
      const isForPeople = !/^\/(metrics|sfu\/|openapi\.json)/.test(path)
      const target = `${api}${path.replaceAll(/:(id|userId)/g, room).replace(':code', key)}`
      expect(ask(target, { method }).kind).toBe(isForPeople ? 'forward' : 'refuse')
    },
  )

  test('whoever is not signed in yet asks by the guests’ key alone, which becomes the backend’s', () => {
    expect(ask('/auth/v1/signup', { method: 'POST' }, { authorization: `Bearer ${key}` })).toMatchObject({
      headers: { apikey: publishableKey, authorization: `Bearer ${publishableKey}` },
    })
  })

  test('Realtime, by the key in its address', () => {
    const target = `/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`
    expect(ask(target, { isUpgrade: true })).toEqual({
      kind: 'forward',
      to: 'backend',
      target: `/realtime/v1/websocket?apikey=${publishableKey}&vsn=2.0.0`,
      headers: {},
      isSignUp: false,
    })
  })

  test.each(['/rtc', '/rtc/v1', '/rtc/validate', '/rtc/v1/validate'])('the media server at %s', (path) => {
    const isUpgrade = !path.endsWith('validate')
    expect(ask(`/nearby/media/${key}${path}?access_token=t`, { isUpgrade })).toMatchObject({
      kind: 'forward',
      to: 'media',
      target: `${path}?access_token=t`,
    })
  })

  test('a page’s question whether it may ask', () => {
    expect(ask(`${api}/rooms/create`, { method: 'OPTIONS' }, { apikey: undefined })).toEqual({
      kind: 'preflight',
    })
  })

  test('the host’s own news', () => {
    expect(ask('/nearby/events')).toEqual({ kind: 'events' })
  })
})

describe('what they may not', () => {
  test.each([
    ['GET', `${api}/metrics`, 404],
    ['POST', `${api}/sfu/sweep`, 404],
    ['POST', `${api}/sfu/events`, 404],
    ['GET', `${api}/openapi.json`, 404],
    ['GET', '/health', 404],
    ['GET', '/', 404],
    ['GET', '/auth/v1/admin/users', 404],
    ['POST', '/auth/v1/invite', 404],
    ['GET', '/auth/v1/settings', 404],
    ['POST', '/realtime/v1/api/broadcast', 404],
    ['GET', '/realtime/v1/websocket', 404],
    ['GET', '/rest/v1/', 404],
    ['GET', '/rest/v1/profiles', 405],
    ['DELETE', '/rest/v1/rooms', 405],
    ['GET', '/rest/v1/messages', 404],
    ['GET', '/rest/v1/rpc/heartbeat', 405],
    ['DELETE', `${api}/rooms/create`, 405],
    ['GET', `${api}/rooms/${room}/../../metrics`, 404],
    ['GET', `${api}/rooms/${room}/%2e%2e/%2e%2e/metrics`, 404],
    ['GET', `${api}/rooms/${room}/..%2f..%2fmetrics`, 404],
    ['GET', `${api}//metrics`, 404],
    ['GET', `${api}/./metrics`, 404],
    ['GET', `${api}/rooms/list/../../metrics`, 404],
    ['GET', `/functions/v1/API/metrics`, 404],
    ['GET', `http://127.0.0.1:9${api}/rooms/list`, 404],
    ['GET', `//127.0.0.1:9${api}/rooms/list`, 404],
    ['GET', '*', 404],
    ['GET', `/auth/v1/token;/../admin`, 404],
    ['GET', `/auth/v1/user\u0000`, 404],
    ['TRACE', '/auth/v1/user', 405],
    ['CONNECT', '127.0.0.1:22', 404],
    ['GET', `/nearby/media/${key}/twirp/livekit.RoomService/ListRooms`, 404],
    ['POST', `/nearby/media/${key}/rtc`, 405],
    ['GET', `/nearby/media/${key}/`, 404],
    ['GET', `/nearby/media/${key.toLowerCase()}/rtc`, 401],
    ['GET', '/nearby/media/rtc', 401],
  ] as const)('%s %s is refused with %i', (method, target, status) => {
    expect(ask(target, { method })).toMatchObject({ kind: 'refuse', status })
  })

  test.each([
    ['no key', undefined],
    ['another key', 'Zm9vYmFyYmF6cXV4LV9hYw'],
    ['the beginning of the key', key.slice(0, 10)],
    ['the backend’s own key', publishableKey],
    ['the secret one', 'sb_secret_of-the-backend-itself'],
    ['nothing', ''],
  ])('with %s nothing is told, not even what there is', (_what, apikey) => {
    for (const target of ['/auth/v1/user', '/nearby/events', `${api}/metrics`]) {
      expect(ask(target, {}, { apikey })).toEqual({ kind: 'refuse', status: 401, isWrongKey: true })
    }
    const socket = `/realtime/v1/websocket?apikey=${apikey ?? ''}`
    expect(ask(socket, { isUpgrade: true }, { apikey })).toMatchObject({ status: 401 })
  })

  test.each([
    ['the secret key', 'Bearer sb_secret_of-the-backend-itself'],
    ['the backend’s own key', `Bearer ${publishableKey}`],
    ['a token of the service', `Bearer ${tokenOf({ role: 'service_role' })}`],
    ['a token of nobody', `Bearer ${tokenOf({ role: 'anon' })}`],
    ['a role in a list', `Bearer ${tokenOf({ role: ['authenticated'] })}`],
    ['no token', 'Bearer '],
    ['a password', 'Basic YTpi'],
    ['two tokens', `${person}, Bearer x`],
  ])('as %s nobody is let through', (_what, authorization) => {
    expect(ask(`${api}/rooms/list`, {}, { authorization })).toMatchObject({ kind: 'refuse', status: 403 })
  })

  test('a key in the address is none', () => {
    expect(ask(`/rest/v1/rooms?apikey=sb_secret_x`)).toMatchObject({ status: 403 })
    const twice = `/realtime/v1/websocket?apikey=${key}&apikey=sb_secret_x`
    expect(ask(twice, { isUpgrade: true })).toMatchObject({ status: 401 })
  })

  test.each(['studyhall.example', '192.168.1.7:47310', 'evil.example:80', '', undefined])(
    'by the name %s nobody is answered',
    (host) => {
      expect(ask('/auth/v1/user', {}, { host })).toMatchObject({ status: 421 })
      expect(ask(`/realtime/v1/websocket?apikey=${key}`, { isUpgrade: true }, { host })).toMatchObject({
        status: 421,
      })
    },
  )

  test('only Realtime and the media server become a WebSocket', () => {
    for (const target of ['/auth/v1/user', `${api}/rooms/list`, '/nearby/events', '/health']) {
      expect(ask(target, { isUpgrade: true })).toMatchObject({ kind: 'refuse', status: 404 })
    }
  })

  test('whatever the path, nothing of the service and nothing administrative is reached', () => {
    const piece = fc.constantFrom(
      '/',
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      '//',
      '/functions/v1',
      '/api',
      '/metrics',
      '/sfu',
      '/sweep',
      '/rooms',
      `/${room}`,
      '/auth/v1',
      '/admin',
      '/users',
      '/rest/v1',
      '/rpc',
      '/health',
      '?',
      '#',
      ';',
      ' ',
      '\u0000',
      '/nearby',
      '/media',
      `/${key}`,
      '/rtc',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 9 }),
        fc.constantFrom('GET', 'POST'),
        fc.boolean(),
        (pieces, method, isUpgrade) => {
          const verdict = ask(pieces.join(''), { method, isUpgrade })
          if (verdict.kind !== 'forward') return
          const { pathname } = new URL(verdict.target, 'http://x')
          expect(verdict.target.split('?')[0]).toBe(pathname)
          // What stands there is a function's name, and whom a function serves is the database's to say.
          const path = pathname.replace(/^(\/rest\/v1\/rpc)\/[a-z_]+$/, '$1')
          expect(path).not.toMatch(/^\/functions\/v1\/api\/(metrics|sfu)|admin|health|^\/nearby/)
        },
      ),
      { numRuns: 3_000, examples: [[['/rest/v1', '/rpc', '/admin'], 'POST', false]] },
    )
  })
})
