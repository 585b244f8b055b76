import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect, collectSystem, subscribed } from './testing/channelProbes.ts'
import { startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime({ messageRetentionMs: 60_000, pruneIntervalMs: 50 })
  await realtime.sql.unsafe(`
    create policy "everybody" on realtime.messages for select to authenticated using (true);
    create table public.notes (id int primary key, body text);
    create function public.announce_note() returns trigger language plpgsql as $$
      begin
        perform realtime.broadcast_changes(
          'notes', tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
        return null;
      end $$;
    create trigger announce after insert or update or delete on public.notes
      for each row execute function public.announce_note();`)
})

afterAll(async () => {
  await realtime.stop()
})

interface Numbered {
  readonly n: number
}

function numberOf(message: Readonly<Record<string, unknown>>): number {
  return (message['payload'] as Numbered).n
}

async function listen(topic: string, event: string, vsn = '2.0.0', isPrivate = true) {
  const client = await realtime.client({ vsn })
  const channel = client.channel(topic, { config: { private: isPrivate } })
  const inbox = collect(channel, event)
  const statuses = await subscribed(channel)
  return { inbox, statuses, client }
}

describe.each(['1.0.0', '2.0.0'])('realtime.send with vsn %s', (vsn) => {
  test('arrives with its id, when the transaction commits and only then', async () => {
    const topic = randomUUID()
    const { inbox } = await listen(topic, 'hello', vsn)
    await realtime.sql
      .begin(async (sql) => {
        await sql`select realtime.send('{"n": 0}', 'hello', ${topic})`
        throw new Error('undo')
      })
      .catch(() => undefined)
    await realtime.sql`select realtime.send('{"n": 1}', 'hello', ${topic})`
    const message = await inbox.next()
    expect(message).toMatchObject({ type: 'broadcast', event: 'hello', payload: { n: 1 } })
    const { id } = message['payload'] as { id: string }
    expect(message['meta']).toEqual({ id })
  })

  test('carries more than a notification could', async () => {
    const topic = randomUUID()
    const { inbox } = await listen(topic, 'large', vsn)
    const text = 'ü'.repeat(100_000)
    await realtime.sql`select realtime.send(${realtime.sql.json({ text })}, 'large', ${topic})`
    expect((await inbox.next())['payload']).toMatchObject({ text })
  })

  test('reaches public channels when it says so, and each kind only its own', async () => {
    const topic = randomUUID()
    const atPublic = await listen(topic, 'x', vsn, false)
    const atPrivate = await listen(topic, 'x', vsn, true)
    await realtime.sql`select realtime.send('{"n": 1}', 'x', ${topic}, false)`
    await realtime.sql`select realtime.send('{"n": 2}', 'x', ${topic}, true)`
    expect(numberOf(await atPublic.inbox.next())).toBe(1)
    expect(numberOf(await atPrivate.inbox.next())).toBe(2)
  })

  test('tells of changed rows', async () => {
    const client = await realtime.client({ vsn })
    const channel = client.channel('notes', { config: { private: true } })
    const inserts = collect(channel, 'INSERT')
    const updates = collect(channel, 'UPDATE')
    const deletes = collect(channel, 'DELETE')
    await subscribed(channel)
    const id = Math.floor(Math.random() * 1e9)
    await realtime.sql`insert into public.notes values (${id}, 'one')`
    await realtime.sql`update public.notes set body = 'two' where id = ${id}`
    await realtime.sql`delete from public.notes where id = ${id}`
    const common = { schema: 'public', table: 'notes' }
    expect((await inserts.next())['payload']).toMatchObject({
      ...common,
      operation: 'INSERT',
      record: { id, body: 'one' },
      old_record: null,
    })
    expect((await updates.next())['payload']).toMatchObject({
      ...common,
      operation: 'UPDATE',
      record: { id, body: 'two' },
      old_record: { id, body: 'one' },
    })
    expect((await deletes.next())['payload']).toMatchObject({
      ...common,
      operation: 'DELETE',
      record: null,
      old_record: { id, body: 'two' },
    })
  })
})

describe('messages from the database', () => {
  test('come in the order of their commits, not of their writing', async () => {
    const topic = randomUUID()
    const { inbox } = await listen(topic, 'x')
    const { sql } = realtime
    let commitFirst: () => void = () => undefined
    const held = new Promise<void>((resolve) => (commitFirst = resolve))
    let wrote: () => void = () => undefined
    const written = new Promise<void>((resolve) => (wrote = resolve))
    const slow = sql.begin(async (transaction) => {
      await transaction`select realtime.send('{"n": 1}', 'x', ${topic})`
      wrote()
      await held
    })
    await written
    await sql`select realtime.send('{"n": 2}', 'x', ${topic})`
    commitFirst()
    await slow
    expect([numberOf(await inbox.next()), numberOf(await inbox.next())]).toEqual([2, 1])
  })

  test('come all and in order when there are many', async () => {
    const topic = randomUUID()
    const { inbox } = await listen(topic, 'x')
    await realtime.sql`
      select realtime.send(jsonb_build_object('n', n), 'x', ${topic}) from generate_series(1, 1000) n`
    await inbox.nextWhere((message) => numberOf(message) === 1000)
    expect(inbox.received.map(numberOf)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1))
  })

  test('that were sent while the listening connection was lost arrive later, once', async () => {
    const topic = randomUUID()
    const { inbox } = await listen(topic, 'x')
    await realtime.sql`select realtime.send('{"n": 1}', 'x', ${topic})`
    await inbox.next()
    await realtime.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'realtime%'`
    await realtime.sql`select realtime.send('{"n": 2}', 'x', ${topic})`
    await realtime.sql`select realtime.send('{"n": 3}', 'x', ${topic})`
    await inbox.nextWhere((message) => numberOf(message) === 3)
    expect(inbox.received.map(numberOf)).toEqual([1, 2, 3])
  })

  test('arrive again after the database was killed and started again, sockets staying open', async () => {
    const topic = randomUUID()
    const { inbox, statuses } = await listen(topic, 'x')
    await realtime.database.kill()
    await realtime.database.restart()
    await realtime.sql`select realtime.send('{"n": 1}', 'x', ${topic})`
    expect(numberOf(await inbox.next())).toBe(1)
    const later = await listen(topic, 'x')
    await realtime.sql`select realtime.send('{"n": 2}', 'x', ${topic})`
    expect(numberOf(await later.inbox.next())).toBe(2)
    expect(statuses.received).toHaveLength(1)
  })

  test('are replayed to those who ask for the past', async () => {
    const topic = randomUUID()
    const since = Date.now() - 1_000
    await realtime.sql`
      select realtime.send(jsonb_build_object('n', n), 'x', ${topic}) from generate_series(1, 3) n`
    const client = await realtime.client()
    const channel = client.channel(topic, {
      config: { private: true, broadcast: { replay: { since, limit: 2 } } },
    })
    const inbox = collect(channel, 'x')
    await subscribed(channel)
    const first = await inbox.next()
    expect(first['meta']).toMatchObject({ replayed: true })
    await inbox.next()
    await realtime.sql`select realtime.send('{"n": 4}', 'x', ${topic})`
    expect((await inbox.next())['meta']).not.toHaveProperty('replayed')
  })

  test('are deleted when they are old, and only then', async () => {
    const topic = randomUUID()
    await realtime.sql`
      insert into realtime.messages (topic, extension, event, payload, inserted_at)
      values (${topic}, 'broadcast', 'old', '{}', now() - interval '2 minutes'),
             (${topic}, 'broadcast', 'new', '{}', now())`
    await expect
      .poll(() => realtime.sql`select event from realtime.messages where topic = ${topic}`)
      .toEqual([{ event: 'new' }])
  })

  test('are announced to those who want to know when they can come', async () => {
    const client = await realtime.client()
    const channel = client.channel(randomUUID(), { config: { broadcast: { replication_ready: true } } })
    const system = collectSystem(channel)
    await subscribed(channel)
    expect(await system.next()).toMatchObject({ status: 'ok', message: 'Replication connection established' })
  })

  test('need no replication slot', async () => {
    expect(await realtime.sql`select slot_name from pg_replication_slots`).toHaveLength(0)
  })
})
