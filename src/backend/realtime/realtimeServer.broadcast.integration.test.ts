import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { collect, subscribed } from './testing/channelProbes.ts'
import { publishableKey, secretKey, startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime({ maxPayloadBytes: 10_000 })
})

afterAll(async () => {
  await realtime.stop()
})

describe.each(['1.0.0', '2.0.0'])('broadcast with vsn %s', (vsn) => {
  test('reaches the others and not the sender', async () => {
    const [ana, ben] = await Promise.all([realtime.client({ vsn }), realtime.client({ vsn })])
    const topic = `room ${randomUUID()} ünï`
    const fromAna = ana.channel(topic)
    const atAna = collect(fromAna, 'wave')
    const fromBen = ben.channel(topic)
    const atBen = collect(fromBen, 'wave')
    await Promise.all([subscribed(fromAna), subscribed(fromBen)])

    await fromAna.send({ type: 'broadcast', event: 'wave', payload: { to: 'Bén 👋' } })
    expect(await atBen.next()).toMatchObject({ type: 'broadcast', event: 'wave', payload: { to: 'Bén 👋' } })
    await fromBen.send({ type: 'broadcast', event: 'wave', payload: { to: 'Ana' } })
    expect(await atAna.next()).toMatchObject({ payload: { to: 'Ana' } })
    expect(atBen.received).toHaveLength(1)
    expect(atAna.received).toHaveLength(1)
  })

  test('comes back to a sender that asks for it', async () => {
    const ana = await realtime.client({ vsn })
    const channel = ana.channel(randomUUID(), { config: { broadcast: { self: true } } })
    const inbox = collect(channel, 'echo')
    await subscribed(channel)
    await channel.send({ type: 'broadcast', event: 'echo', payload: { n: 1 } })
    expect(await inbox.next()).toMatchObject({ payload: { n: 1 } })
  })

  test('is acknowledged on request, and refused when too large', async () => {
    const ana = await realtime.client({ vsn })
    const channel = ana.channel(randomUUID(), { config: { broadcast: { ack: true } } })
    await subscribed(channel)
    expect(await channel.send({ type: 'broadcast', event: 'x', payload: {} })).toBe('ok')
    const large = { text: 'x'.repeat(11_000) }
    expect(await channel.send({ type: 'broadcast', event: 'x', payload: large })).toBe('error')
    expect(await channel.send({ type: 'broadcast', event: 'x', payload: {} })).toBe('ok')
  })

  test('stops after leaving, and works again after joining anew', async () => {
    const [ana, ben] = await Promise.all([realtime.client({ vsn }), realtime.client({ vsn })])
    const topic = randomUUID()
    const fromAna = ana.channel(topic, { config: { broadcast: { ack: true } } })
    const first = ben.channel(topic)
    const atFirst = collect(first, 'x')
    await Promise.all([subscribed(fromAna), subscribed(first)])
    expect(await ben.removeChannel(first)).toBe('ok')
    await fromAna.send({ type: 'broadcast', event: 'x', payload: { n: 1 } })
    const second = ben.channel(topic)
    const atSecond = collect(second, 'x')
    await subscribed(second)
    await fromAna.send({ type: 'broadcast', event: 'x', payload: { n: 2 } })
    expect(await atSecond.next()).toMatchObject({ payload: { n: 2 } })
    expect(atFirst.received).toHaveLength(0)
  })

  test('sent by REST arrives', async () => {
    const [ana, ben] = await Promise.all([realtime.client({ vsn }), realtime.client({ vsn })])
    const topic = `rest/${randomUUID()} ü`
    const channel = ben.channel(topic)
    const inbox = collect(channel, 'note')
    await subscribed(channel)

    const unsubscribed = ana.channel(topic)
    expect(await unsubscribed.httpSend('note', { n: 1 })).toEqual({ success: true })
    expect(await inbox.next()).toMatchObject({ event: 'note', payload: { n: 1 } })

    const quiet = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    expect(await unsubscribed.send({ type: 'broadcast', event: 'note', payload: { n: 2 } })).toBe('ok')
    quiet.mockRestore()
    expect(await inbox.next()).toMatchObject({ event: 'note', payload: { n: 2 } })
  })
})

describe('broadcast', () => {
  test('crosses from one serialisation to the other', async () => {
    const [old, current] = await Promise.all([
      realtime.client({ vsn: '1.0.0' }),
      realtime.client({ vsn: '2.0.0' }),
    ])
    const topic = randomUUID()
    const fromOld = old.channel(topic)
    const atOld = collect(fromOld, 'x')
    const fromCurrent = current.channel(topic)
    const atCurrent = collect(fromCurrent, 'x')
    await Promise.all([subscribed(fromOld), subscribed(fromCurrent)])
    await fromOld.send({ type: 'broadcast', event: 'x', payload: { from: 'old' } })
    expect(await atCurrent.next()).toMatchObject({ type: 'broadcast', event: 'x', payload: { from: 'old' } })
    await fromCurrent.send({ type: 'broadcast', event: 'x', payload: { from: 'current' } })
    expect(await atOld.next()).toMatchObject({ type: 'broadcast', event: 'x', payload: { from: 'current' } })
  })

  test('carries bytes, by socket and by REST', async () => {
    const [ana, ben] = await Promise.all([realtime.client(), realtime.client()])
    const topic = randomUUID()
    const fromAna = ana.channel(topic)
    const atBen = ben.channel(topic)
    const inbox = collect(atBen, 'bytes')
    await Promise.all([subscribed(fromAna), subscribed(atBen)])
    await fromAna.send({ type: 'broadcast', event: 'bytes', payload: new Uint8Array([1, 2, 250]).buffer })
    expect(new Uint8Array((await inbox.next())['payload'] as ArrayBuffer)).toEqual(
      new Uint8Array([1, 2, 250]),
    )
    await fromAna.httpSend('bytes', new Uint8Array([7]).buffer)
    expect(new Uint8Array((await inbox.next())['payload'] as ArrayBuffer)).toEqual(new Uint8Array([7]))
  })

  test('keeps its order under load', async () => {
    const [ana, ben] = await Promise.all([realtime.client(), realtime.client()])
    const topic = randomUUID()
    const fromAna = ana.channel(topic)
    const atBen = ben.channel(topic)
    const inbox = collect(atBen, 'count')
    await Promise.all([subscribed(fromAna), subscribed(atBen)])
    const numbers = Array.from({ length: 200 }, (_, n) => n)
    for (const n of numbers) void fromAna.send({ type: 'broadcast', event: 'count', payload: { n } })
    await inbox.nextWhere((message) => (message['payload'] as { n: number }).n === 199)
    expect(inbox.received.map((message) => (message['payload'] as { n: number }).n)).toEqual(numbers)
  })

  test('of a public channel does not reach a private one of the same name', async () => {
    await realtime.sql.unsafe(`
      drop policy if exists "anyone" on realtime.messages;
      create policy "anyone" on realtime.messages for all to authenticated using (true) with check (true)`)
    const [ana, ben, cleo] = await Promise.all([realtime.client(), realtime.client(), realtime.client()])
    const topic = randomUUID()
    const anaPublic = ana.channel(topic, { config: { broadcast: { ack: true } } })
    const benPrivate = ben.channel(topic, { config: { private: true } })
    const cleoPrivate = cleo.channel(topic, { config: { private: true, broadcast: { ack: true } } })
    const atBen = collect(benPrivate, 'x')
    await Promise.all([subscribed(anaPublic), subscribed(benPrivate), subscribed(cleoPrivate)])
    await anaPublic.send({ type: 'broadcast', event: 'x', payload: { from: 'public' } })
    await cleoPrivate.send({ type: 'broadcast', event: 'x', payload: { from: 'private' } })
    expect(await atBen.next()).toMatchObject({ payload: { from: 'private' } })
  })
})

describe('the REST endpoint', () => {
  const post = (path: string, body: unknown, headers: Record<string, string> = { apikey: publishableKey }) =>
    fetch(`${realtime.url}/realtime/v1/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  test.each([
    ['no key', { apikey: '' }, 401],
    ['an unknown key', { apikey: 'sb_publishable_other' }, 401],
    ['a bearer that is no token', { apikey: publishableKey, authorization: 'Bearer nonsense' }, 401],
    ['the publishable key', { apikey: publishableKey }, 202],
    ['the secret key as bearer', { authorization: `Bearer ${secretKey}` }, 202],
  ])('answers a caller with %s', async (_name, headers, status) => {
    const body = { messages: [{ topic: 't', event: 'e', payload: {} }] }
    expect((await post('/broadcast', body, headers as Record<string, string>)).status).toBe(status)
  })

  test.each([
    ['what is not JSON', '{'],
    ['no messages', {}],
    ['a message without a topic', { messages: [{ event: 'e', payload: {} }] }],
    ['a message without an event', { messages: [{ topic: 't', payload: {} }] }],
    ['a payload that is no map', { messages: [{ topic: 't', event: 'e', payload: 'text' }] }],
    [
      'a payload that is too large',
      { messages: [{ topic: 't', event: 'e', payload: { x: 'x'.repeat(11_000) } }] },
    ],
  ])('refuses %s with 422', async (_name, body) => {
    expect((await post('/broadcast', body)).status).toBe(422)
  })

  test('has nothing elsewhere', async () => {
    expect((await post('/nothing', {})).status).toBe(404)
    expect((await fetch(`${realtime.url}/realtime/v1/api/broadcast`)).status).toBe(405)
  })

  test('lets the secret key send to a private topic, and nobody without permission', async () => {
    await realtime.sql.unsafe(`
      drop policy if exists "anyone" on realtime.messages;
      create policy "anyone" on realtime.messages for select to authenticated using (true)`)
    const ana = await realtime.client()
    const topic = randomUUID()
    const channel = ana.channel(topic, { config: { private: true } })
    const inbox = collect(channel, 'e')
    await subscribed(channel)
    const messageFrom = (from: string) => ({
      messages: [{ topic, event: 'e', payload: { from }, private: true }],
    })
    // A batch without permission is accepted and dropped, as Supabase does; a single message is refused aloud.
    expect((await post('/broadcast', messageFrom('anon'))).status).toBe(202)
    expect((await post(`/broadcast/${topic}/events/e?private=true`, {})).status).toBe(403)
    expect((await post('/broadcast', messageFrom('service'), { apikey: secretKey })).status).toBe(202)
    expect(await inbox.next()).toMatchObject({ payload: { from: 'service' } })
  })
})
