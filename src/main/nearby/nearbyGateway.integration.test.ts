import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import {
  createServer as createHttpServer,
  get,
  request as requestHttp,
  type IncomingMessage,
  type RequestListener,
} from 'node:http'
import { type AddressInfo, connect as connectPlain, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createClient, REALTIME_SUBSCRIBE_STATES } from '@supabase/supabase-js'
import { WebSocket } from 'ws'
import { makeCertificate, type HostCertificate } from '../../backend/nearby/certificate.ts'
import { startNearbyGateway, type NearbyGateway } from '../../backend/nearby/startNearbyGateway.ts'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'
import { dialHost, findHost, type HostPlace } from './dialHost.ts'
import { listenToHost, type HostNews } from './listenToHost.ts'
import { openTunnel, type Tunnel } from './openTunnel.ts'

/*
 * The host's gateway and the guest's tunnel over real sockets. Here the gateway listens on loopback, which nobody else reaches; what tells
 * neighbours from strangers is tested beside it.
 */

const loopback = '127.0.0.1'
let backend: TestBackend
let certificate: HostCertificate
const ends: (() => unknown)[] = []

beforeAll(async () => {
  backend = await startTestBackend()
  certificate = await makeCertificate()
})
afterAll(() => backend.stop())
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

interface Host {
  readonly place: HostPlace
  readonly key: string
  readonly gateway: NearbyGateway
  readonly guestCounts: number[]
}

async function host(
  given: {
    readonly isNearby?: () => boolean
    readonly url?: string
    readonly addresses?: readonly string[]
  } = {},
): Promise<Host> {
  const key = randomBytes(16).toString('base64url')
  const guestCounts: number[] = []
  const started = await startNearbyGateway({
    addresses: given.addresses ?? [loopback],
    port: 0,
    certificate,
    key,
    hostName: 'Ada',
    backend: () => ({ ...backend, url: given.url ?? backend.url, mediaUrl: null }),
    isNearby: given.isNearby ?? (() => true),
    onGuests: (count) => guestCounts.push(count),
    nowMs: () => performance.now(),
  })
  if (!started.ok) throw new Error(started.error)
  ends.push(started.value.stop)
  const place = { address: loopback, port: started.value.port, fingerprint: certificate.fingerprint }
  return { place, key, gateway: started.value, guestCounts }
}

async function tunnelTo(
  place: HostPlace,
  failures: string[] = [],
): Promise<Tunnel & { readonly url: string }> {
  const tunnel = await openTunnel(
    () => place,
    (failure) => failures.push(failure),
  )
  ends.push(tunnel.close)
  return { ...tunnel, url: `http://${loopback}:${tunnel.port}` }
}

async function newsOf(place: HostPlace, key: string, ended: string[] = []): Promise<HostNews> {
  const news = await listenToHost(place, key, (end) => ended.push(end))
  if (!news.ok) throw new Error(news.error)
  ends.push(news.value.close)
  return news.value
}

async function listen(server: Server): Promise<number> {
  server.listen(0, loopback)
  await once(server, 'listening')
  ends.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** A TLS server of somebody else. */
async function listenAs(theirs: HostCertificate, onConnection: (socket: Socket) => void): Promise<HostPlace> {
  const server = createTlsServer({ key: theirs.privateKey, cert: theirs.certificate }, (socket) => {
    socket.on('error', () => socket.destroy())
    onConnection(socket)
  })
  return { address: loopback, port: await listen(server), fingerprint: theirs.fingerprint }
}

/** One that counts what it is sent. */
async function stranger() {
  let received = 0
  const { port } = await listenAs(await makeCertificate(), (socket) => {
    socket.on('data', (data: Buffer) => (received += data.length))
  })
  return { port, received: () => received }
}

/** Stands where the backend would, to look at what arrives there. */
async function standIn(handle: RequestListener): Promise<string> {
  return `http://${loopback}:${await listen(createHttpServer(handle))}`
}

/** Everything that a plain connection is answered. */
async function answerTo(socket: Socket, text: string): Promise<string> {
  let answer = ''
  socket.on('data', (data: Buffer) => (answer += data.toString('latin1')))
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return answer
}

const settle = (ms = 300) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the pin', () => {
  test('the host of the code is talked to', async () => {
    const { place, key } = await host()
    expect((await newsOf(place, key)).hostName).toBe('Ada')
  })

  test('whoever has another certificate gets not one byte: no key, no request', async () => {
    const theirs = await stranger()
    const place = { address: loopback, port: theirs.port, fingerprint: certificate.fingerprint }
    expect(await dialHost(place)).toEqual({ ok: false, error: 'wrong_certificate' })
    expect(await listenToHost(place, 'x'.repeat(22), () => {})).toEqual({
      ok: false,
      error: 'wrong_certificate',
    })
    const failures: string[] = []
    const tunnel = await tunnelTo(place, failures)
    const asked = fetch(`${tunnel.url}/auth/v1/user`, { headers: { apikey: 'secret' } })
    await expect(asked).rejects.toThrow('fetch failed')
    const socket = new WebSocket(`ws://${loopback}:${tunnel.port}/realtime/v1/websocket?apikey=secret`)
    await once(socket, 'error')
    await settle()
    expect(failures).toContain('wrong_certificate')
    expect(theirs.received()).toBe(0)
  })

  test('nor does somebody who shows the host’s certificate without having its key', async () => {
    const { privateKey } = await makeCertificate()
    expect(() => createTlsServer({ key: privateKey, cert: certificate.certificate })).toThrow(
      /key values mismatch/,
    )
  })

  test('of several addresses the one that answers is found; a wrong one among them does no harm', async () => {
    const { place } = await host()
    const theirs = await stranger()
    const places = [{ ...place, port: 1 }, { ...place, port: theirs.port }, place]
    expect(await findHost(places)).toEqual({ ok: true, value: place })
    expect(await findHost(places.slice(0, 2))).toEqual({ ok: false, error: 'wrong_certificate' })
    expect(await findHost(places.slice(0, 1))).toEqual({ ok: false, error: 'unreachable' })
  })

  test('an older TLS is not spoken', async () => {
    const { place } = await host()
    const socket = connectTls({
      host: loopback,
      port: place.port,
      maxVersion: 'TLSv1.2',
      rejectUnauthorized: false,
    })
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toMatch(/PROTOCOL_VERSION/)
  })
})

describe('the gateway', () => {
  test('opens where it can when an address is not ready to be listened at', async () => {
    // This computer has the second as little as an IPv6 address that is being checked for duplicates.
    const { place, gateway } = await host({ addresses: [loopback, '203.0.113.77'] })
    expect(gateway.addresses).toEqual([loopback])
    expect(await dialHost(place)).toMatchObject({ ok: true })
    await expect(host({ addresses: ['203.0.113.77'] })).rejects.toThrow('failed')
  })

  test('plain HTTP is refused without an answer', async () => {
    const { place, key } = await host()
    const socket = connectPlain(place.port, loopback)
    const request = `GET /nearby/events HTTP/1.1\r\nHost: ${loopback}\r\napikey: ${key}\r\n\r\n`
    expect(await answerTo(socket, request)).not.toMatch(/HTTP|hello/)
  })

  test('who is not nearby is not even offered TLS', async () => {
    const { place } = await host({ isNearby: () => false })
    expect(await dialHost(place)).toEqual({ ok: false, error: 'unreachable' })
  })

  test('without the key nothing is told, and after some guesses nothing is answered', async () => {
    const { place } = await host()
    for (let guess = 0; guess < 20; guess += 1) {
      expect(await listenToHost(place, randomBytes(16).toString('base64url'), () => {})).toEqual({
        ok: false,
        error: 'refused',
      })
    }
    expect(await dialHost(place)).toEqual({ ok: false, error: 'unreachable' })
  })

  test('what is administrative is refused, also with the backend’s own keys', async () => {
    const { place, key } = await host()
    const { url } = await tunnelTo(place)
    const ask = async (path: string, headers: Record<string, string>, method = 'GET') =>
      (await fetch(url + path, { method, headers })).status
    const secret = { apikey: backend.secretKey, authorization: `Bearer ${backend.secretKey}` }
    // They do exist.
    expect((await fetch(`${backend.url}/functions/v1/api/metrics`, { headers: secret })).status).toBe(200)
    for (const headers of [{ apikey: key }, { apikey: key, authorization: `Bearer ${backend.secretKey}` }]) {
      expect([403, 404]).toContain(await ask('/functions/v1/api/metrics', headers))
      expect([403, 404]).toContain(await ask('/functions/v1/api/sfu/sweep', headers, 'POST'))
      expect([403, 404]).toContain(await ask('/auth/v1/admin/users', headers))
      expect([403, 404, 405]).toContain(await ask('/rest/v1/profiles?select=*', headers))
    }
    expect(await ask('/functions/v1/api/metrics', secret)).toBe(401)
    expect(
      await ask('/functions/v1/api/rooms/list', {
        apikey: key,
        authorization: `Bearer ${backend.secretKey}`,
      }),
    ).toBe(403)
    expect(await ask('/health', { apikey: key })).toBe(404)
  })

  test('a request by another name, as a web page would send it, is refused', async () => {
    const { place, key } = await host()
    const { port } = await tunnelTo(place)
    const asking = get({
      host: loopback,
      port,
      path: '/auth/v1/user',
      headers: { host: 'evil.example', apikey: key },
    })
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(421)
    response.resume()
  })

  test('two requests in one, by two lengths of a body, are refused', async () => {
    const { place, key } = await host()
    const dialled = await dialHost(place)
    if (!dialled.ok) throw new Error(dialled.error)
    const head = `POST /auth/v1/token HTTP/1.1\r\nHost: ${loopback}\r\napikey: ${key}\r\n`
    const hidden = `GET /functions/v1/api/metrics HTTP/1.1\r\nHost: ${loopback}\r\napikey: ${key}\r\n\r\n`
    const answer = await answerTo(
      dialled.value,
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    )
    expect(answer).not.toMatch(/ 200 /)
  })

  test('the backend is told who asks, whatever a guest says of itself', async () => {
    const seen: IncomingMessage['headers'][] = []
    const url = await standIn((incoming, outgoing) => {
      seen.push(incoming.headers)
      outgoing.end('{}')
    })
    const { place, key } = await host({ url })
    const tunnel = await tunnelTo(place)
    const forged = {
      'x-forwarded-for': '10.9.9.9',
      'x-real-ip': '10.9.9.9',
      forwarded: 'for=10.9.9.9',
      cookie: 'a=b',
    }
    await fetch(`${tunnel.url}/auth/v1/user`, { headers: { ...forged, apikey: key } })
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({
      'x-forwarded-for': loopback,
      apikey: backend.publishableKey,
      host: url.slice('http://'.length),
    })
    expect(JSON.stringify(seen[0])).not.toMatch(/10\.9\.9\.9|a=b/)
    expect(JSON.stringify(seen[0])).not.toContain(key)
  })

  test('a body without end is cut off', async () => {
    let received = 0
    const url = await standIn((incoming) => incoming.on('data', (data: Buffer) => (received += data.length)))
    const { place, key } = await host({ url })
    const { port } = await tunnelTo(place)
    const path = '/functions/v1/api/bandwidth'
    const asking = requestHttp({ host: loopback, port, method: 'POST', path, headers: { apikey: key } })
    const outcome = new Promise((resolve) => {
      asking.on('response', ({ statusCode }) => resolve(statusCode))
      asking.on('error', resolve)
    })
    const megabyte = Buffer.alloc(1024 * 1024)
    for (let sent = 0; sent < 20; sent += 1) asking.write(megabyte)
    await outcome
    expect(received).toBeGreaterThan(15 * megabyte.length)
    expect(received).toBeLessThan(17 * megabyte.length)
    asking.destroy()
  })

  test('one guest cannot take all connections', async () => {
    const { place } = await host()
    const dialled = await Promise.all(Array.from({ length: 70 }, () => dialHost(place)))
    expect(dialled.filter(({ ok }) => ok)).toHaveLength(64)
    for (const each of dialled) if (each.ok) each.value.destroy()
    await settle()
    const again = await dialHost(place)
    expect(again.ok).toBe(true)
    if (again.ok) again.value.destroy()
  })
})

describe('a guest', () => {
  test('signs up, lists rooms and hears of one over Realtime, by the guests’ key alone', async () => {
    const { place, key } = await host()
    const { url } = await tunnelTo(place)
    const client = createClient(url, key, { realtime: { transport: WebSocket as never } })
    const { data, error } = await client.auth.signUp({
      email: 'ben@people.studyhall.invalid',
      password: 'x'.repeat(64),
      options: { data: { display_name: 'Ben' } },
    })
    expect(error).toBeNull()
    const token = data.session?.access_token ?? ''
    const headers = { apikey: key, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    await client.realtime.setAuth(token)
    const news: unknown[] = []
    const channel = client.channel('rooms:lobby', { config: { private: true } })
    channel.on('broadcast', { event: '*' }, (message) => news.push(message))
    await new Promise<void>((resolve, reject) => {
      channel.subscribe((status) => {
        if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) resolve()
        if (status === REALTIME_SUBSCRIBE_STATES.CHANNEL_ERROR) reject(new Error('not subscribed'))
      })
    })
    const created = await fetch(`${url}/functions/v1/api/rooms/create`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'Nearby' }),
    })
    expect(created.status).toBe(201)
    await expect.poll(() => JSON.stringify(news), { timeout: 30_000 }).toContain('Nearby')
    const listed = await fetch(`${url}/functions/v1/api/rooms/list`, { headers })
    expect(await listed.json()).toMatchObject({ rooms: [{ name: 'Nearby' }] })
    await client.removeAllChannels()
    await client.auth.stopAutoRefresh()
  })

  test('is told when hosting stops, before the door closes', async () => {
    const { place, key, gateway, guestCounts } = await host()
    const ended: string[] = []
    await newsOf(place, key, ended)
    await newsOf(place, key, ended)
    expect(guestCounts).toEqual([1, 2])
    await gateway.stop()
    await expect.poll(() => ended).toEqual(['stopped', 'stopped'])
    expect(await dialHost(place)).toEqual({ ok: false, error: 'unreachable' })
  })

  test('knows a host that is gone without a word from one that has stopped', async () => {
    const sockets: Socket[] = []
    const place = await listenAs(await makeCertificate(), (socket) => {
      sockets.push(socket)
      const hello = '{"kind":"hello","protocol":1,"hostName":"Ada"}\n'
      socket.write(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${hello.length.toString(16)}\r\n${hello}\r\n`,
      )
    })
    const ended: string[] = []
    await newsOf(place, 'x'.repeat(22), ended)
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => ended).toEqual(['lost'])
  })

  test.each([
    ['nonsense', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc\n\n', 'not_studyhall'],
    ['another page', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', 'not_studyhall'],
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n', 'unreachable'],
    [
      'a newer Studyhall',
      'HTTP/1.1 200 OK\r\nContent-Length: 49\r\n\r\n{"kind":"hello","protocol":2,"hostName":"Ada"}\n\n\n',
      'newer',
    ],
  ])('is told of %s in plain terms', async (_what, text, error) => {
    const place = await listenAs(await makeCertificate(), (socket) => {
      socket.once('data', () => socket.write(text))
    })
    expect(await listenToHost(place, 'x'.repeat(22), () => {})).toEqual({ ok: false, error })
  })
})
