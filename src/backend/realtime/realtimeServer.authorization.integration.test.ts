import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { collect, collectSystem, createInbox, subscribed, watchStatus } from './testing/channelProbes.ts'
import { signToken, startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime()
  await realtime.sql.unsafe(`
    create table public.grants (user_id uuid, topic text, verb text, extension text);
    grant select on public.grants to authenticated;
    create policy "those who may receive" on realtime.messages for select to authenticated using (
      exists (select from public.grants g where g.user_id = (select auth.uid()) and g.verb = 'receive'
        and g.topic = (select realtime.topic()) and g.extension = messages.extension));
    create policy "those who may send" on realtime.messages for insert to authenticated with check (
      exists (select from public.grants g where g.user_id = (select auth.uid()) and g.verb = 'send'
        and g.topic = (select realtime.topic()) and g.extension = messages.extension));`)
})

afterAll(async () => {
  await realtime.stop()
})

let topic = ''
let user = ''

beforeEach(() => {
  topic = `room:${randomUUID()}`
  user = randomUUID()
})

async function grant(userId: string, verb: 'receive' | 'send', extension: 'broadcast' | 'presence') {
  await realtime.sql`insert into public.grants values (${userId}, ${topic}, ${verb}, ${extension})`
}

const privately = { config: { private: true, broadcast: { ack: false } } }

describe.each(['1.0.0', '2.0.0'])('a private channel with vsn %s', (vsn) => {
  test('refuses those whom no policy lets receive, in words that name the topic', async () => {
    const client = await realtime.client({ userId: user, vsn })
    const status = await watchStatus(client.channel(topic, privately)).next()
    expect(status.status).toBe('CHANNEL_ERROR')
    expect(status.error).toContain(
      `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`,
    )
  })

  test('refuses the anonymous', async () => {
    const client = await realtime.client({ userId: null, vsn })
    const status = await watchStatus(client.channel(topic, privately)).next()
    expect(status).toMatchObject({ status: 'CHANNEL_ERROR' })
  })

  test('lets receive and send apart from each other', async () => {
    const [sender, reader] = [randomUUID(), user]
    await grant(reader, 'receive', 'broadcast')
    await grant(sender, 'receive', 'broadcast')
    await grant(sender, 'send', 'broadcast')
    const [senderClient, readerClient] = await Promise.all(
      [sender, reader].map((userId) => realtime.client({ userId, vsn })),
    )
    const fromSender = senderClient!.channel(topic, privately)
    const atSender = collect(fromSender, 'x')
    const fromReader = readerClient!.channel(topic, privately)
    const atReader = collect(fromReader, 'x')
    await Promise.all([subscribed(fromSender), subscribed(fromReader)])
    await fromReader.send({ type: 'broadcast', event: 'x', payload: { from: 'reader' } })
    await fromSender.send({ type: 'broadcast', event: 'x', payload: { from: 'sender' } })
    expect(await atReader.next()).toMatchObject({ payload: { from: 'sender' } })
    expect(atSender.received).toHaveLength(0)
  })

  test('asks for presence apart from broadcast', async () => {
    const watcher = randomUUID()
    for (const userId of [user, watcher]) {
      await grant(userId, 'receive', 'broadcast')
    }
    await grant(watcher, 'receive', 'presence')
    await grant(watcher, 'send', 'presence')
    const [userClient, watcherClient] = await Promise.all(
      [user, watcher].map((userId) => realtime.client({ userId, vsn })),
    )
    const userChannel = userClient!.channel(topic, privately)
    const userSaw = createInbox<string>('presence of one who may not see it')
    userChannel.on('presence', { event: 'sync' }, () => {
      userSaw.push('sync')
    })
    const watcherChannel = watcherClient!.channel(topic, privately)
    const watcherSaw = createInbox<number>('presence')
    watcherChannel.on('presence', { event: 'sync' }, () => {
      watcherSaw.push(Object.keys(watcherChannel.presenceState()).length)
    })
    await Promise.all([subscribed(userChannel), subscribed(watcherChannel)])
    expect(await userChannel.track({ name: 'refused' })).toBe('error')
    expect(await watcherChannel.track({ name: 'allowed' })).toBe('ok')
    await watcherSaw.nextWhere((count) => count === 1)
    expect(userSaw.received).toHaveLength(0)
  })

  test('with presence alone opens, and carries no broadcast', async () => {
    const sender = randomUUID()
    await grant(user, 'receive', 'presence')
    await grant(sender, 'receive', 'broadcast')
    await grant(sender, 'receive', 'presence')
    await grant(sender, 'send', 'broadcast')
    await grant(sender, 'send', 'presence')
    const [client, senderClient] = await Promise.all(
      [user, sender].map((userId) => realtime.client({ userId, vsn })),
    )
    const channel = client!.channel(topic, { config: { private: true, presence: { enabled: true } } })
    const received = collect(channel, 'x')
    const seen = createInbox<number>('presence')
    channel.on('presence', { event: 'sync' }, () => {
      seen.push(Object.keys(channel.presenceState()).length)
    })
    const fromSender = senderClient!.channel(topic, { config: { private: true, broadcast: { ack: true } } })
    await Promise.all([subscribed(channel), subscribed(fromSender)])
    await fromSender.send({ type: 'broadcast', event: 'x', payload: {} })
    await fromSender.track({ name: 'sender' })
    await seen.nextWhere((count) => count === 1)
    expect(received.received).toHaveLength(0)
  })

  test('does not hold when the token that opened it expires', async () => {
    await grant(user, 'receive', 'broadcast')
    const client = await realtime.client({ userId: user, vsn })
    await client.realtime.setAuth(await signToken(user, 2))
    const channel = client.channel(topic, privately)
    const system = collectSystem(channel)
    const statuses = await subscribed(channel)
    expect(await system.next()).toMatchObject({
      extension: 'system',
      status: 'error',
      message: expect.stringMatching(/^Token has expired \d+ seconds ago$/) as string,
      channel: topic,
    })
    expect((await statuses.next()).status).toBe('CLOSED')
  })

  test('outlives its first token when a new one comes in time', async () => {
    await grant(user, 'receive', 'broadcast')
    await grant(user, 'send', 'broadcast')
    const client = await realtime.client({ userId: user, vsn })
    await client.realtime.setAuth(await signToken(user, 2))
    const channel = client.channel(topic, { config: { private: true, broadcast: { self: true } } })
    const inbox = collect(channel, 'x')
    const statuses = await subscribed(channel)
    await client.realtime.setAuth(await signToken(user, 3_600))
    const other = await realtime.client({ userId: user, vsn })
    // Another channel with the same short life says when the first token is over.
    await other.realtime.setAuth(await signToken(user, 2))
    const shortLived = other.channel(`other:${topic}`)
    const shortStatuses = await subscribed(shortLived)
    await shortStatuses.nextWhere(({ status }) => status === 'CLOSED')
    await channel.send({ type: 'broadcast', event: 'x', payload: { still: 'here' } })
    expect(await inbox.next()).toMatchObject({ payload: { still: 'here' } })
    expect(statuses.received).toHaveLength(1)
  })

  test('asks the policies again with each new token, and closes when they say no', async () => {
    await grant(user, 'receive', 'broadcast')
    const client = await realtime.client({ userId: user, vsn })
    const channel = client.channel(topic, privately)
    const system = collectSystem(channel)
    const statuses = await subscribed(channel)
    await realtime.sql`delete from public.grants where user_id = ${user}`
    await client.realtime.setAuth(await signToken(user))
    expect((await system.next())['message']).toBe(
      `You do not have permissions to read from this Channel topic: ${topic}`,
    )
    expect((await statuses.next()).status).toBe('CLOSED')
  })

  test('gains the right to send with a new token', async () => {
    await grant(user, 'receive', 'broadcast')
    const client = await realtime.client({ userId: user, vsn })
    const channel = client.channel(topic, { config: { private: true, broadcast: { self: true, ack: true } } })
    const inbox = collect(channel, 'x')
    await subscribed(channel)
    void channel.send({ type: 'broadcast', event: 'x', payload: { n: 1 } })
    await grant(user, 'send', 'broadcast')
    await client.realtime.setAuth(await signToken(user))
    expect(await channel.send({ type: 'broadcast', event: 'x', payload: { n: 2 } })).toBe('ok')
    expect(await inbox.next()).toMatchObject({ payload: { n: 2 } })
  })
})

describe('a token', () => {
  test.each([
    ['that has expired', () => signToken(user, -60), /InvalidJWTToken: Token has expired \d+ seconds ago/],
    [
      'that is no token',
      () => Promise.resolve('nonsense'),
      /MalformedJWT: The token provided is not a valid JWT/,
    ],
    [
      'with a forged signature',
      async () => `${(await signToken(user)).slice(0, -6)}AAAAAA`,
      /JwtSignatureError: Failed to validate JWT signature/,
    ],
    [
      'without a role',
      () => signToken(user, 60, { role: undefined }),
      /Fields `role` and `exp` are required in JWT/,
    ],
  ])('%s does not open a channel', async (_name, makeToken, words) => {
    const client = await realtime.client({ userId: null })
    await client.realtime.setAuth(await makeToken())
    const status = await watchStatus(client.channel(topic)).next()
    expect(status.status).toBe('CHANNEL_ERROR')
    expect(status.error).toMatch(words)
  })

  test('of an unknown role, or policies that fail, open nothing and break nothing', async () => {
    const client = await realtime.client({ userId: null })
    await client.realtime.setAuth(await signToken(user, 60, { role: 'nobody_knows' }))
    expect((await watchStatus(client.channel(topic, privately)).next()).error).toContain('Unauthorized')
    // auth.uid() raises for a subject that is no UUID.
    const other = await realtime.client({ userId: null })
    await other.realtime.setAuth(await signToken('no-uuid'))
    expect((await watchStatus(other.channel(topic, privately)).next()).error).toContain('Unauthorized')
    await grant(user, 'receive', 'broadcast')
    const fine = await realtime.client({ userId: user })
    await subscribed(fine.channel(topic, privately))
  })

  test('leaves no probe and no role behind', async () => {
    await grant(user, 'receive', 'broadcast')
    const client = await realtime.client({ userId: user })
    await subscribed(client.channel(topic, privately))
    const rows = await realtime.sql`select from realtime.messages where topic = ${topic}`
    expect(rows).toHaveLength(0)
  })
})
