import { randomUUID } from 'node:crypto'
import type { RealtimePostgresChangesPayload } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collectSystem, createInbox, subscribed, watchStatus } from './testing/channelProbes.ts'
import { startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime({ changeStreamLingerMs: 100 })
  await realtime.sql.unsafe(`
    create table public.tasks (
      id bigint primary key, owner uuid, title text, score numeric(12, 3), done boolean default false,
      tags text[] default '{}', details jsonb, due timestamptz, note text default 'kept secret');
    alter table public.tasks enable row level security;
    grant select (id, owner, title, score, done, tags, details, due) on public.tasks to authenticated;
    create policy "own tasks" on public.tasks for select to authenticated using (owner = (select auth.uid()));
    create table public.open_tasks (id int primary key, title text, size int);
    alter table public.open_tasks replica identity full;
    grant select on public.open_tasks to anon, authenticated;
    create table public.unpublished (id int primary key);
    alter publication supabase_realtime add table public.tasks, public.open_tasks;`)
})

afterAll(async () => {
  await realtime.stop()
})

type Change = RealtimePostgresChangesPayload<Record<string, unknown>>

async function watchChanges(
  filter: { event?: string; table?: string; schema?: string; filter?: string; select?: string[] },
  options: { userId?: string | null; vsn?: string } = {},
) {
  const client = await realtime.client(options)
  const channel = client.channel(randomUUID())
  const inbox = createInbox<Change>(`changes ${JSON.stringify(filter)}`)
  channel.on('postgres_changes', { event: '*', schema: 'public', ...filter } as never, (change: Change) => {
    inbox.push(change)
  })
  const system = collectSystem(channel)
  await subscribed(channel)
  return { inbox, system, first: await system.next(), client, channel }
}

let lastId = 0

function nextId(): number {
  lastId += 1
  return lastId
}

describe.each(['1.0.0', '2.0.0'])('postgres_changes with vsn %s', (vsn) => {
  test('tells of inserts, updates and deletes, with typed values', async () => {
    const userId = randomUUID()
    const { inbox, first } = await watchChanges({ table: 'tasks' }, { userId, vsn })
    expect(first).toMatchObject({
      extension: 'postgres_changes',
      status: 'ok',
      message: 'Subscribed to PostgreSQL',
    })
    const id = nextId()
    await realtime.sql`
      insert into public.tasks (id, owner, title, score, tags, details, due)
      values (${id}, ${userId}, 'Read', 1.5, '{a,"b,c"}', '{"deep": [1, null]}', '2030-01-02 03:04:05+00')`
    const inserted = await inbox.next()
    expect(inserted).toMatchObject({
      eventType: 'INSERT',
      schema: 'public',
      table: 'tasks',
      errors: null,
      new: {
        id,
        owner: userId,
        title: 'Read',
        score: 1.5,
        done: false,
        tags: ['a', 'b,c'],
        details: { deep: [1, null] },
        due: '2030-01-02T03:04:05+00:00',
      },
      old: {},
    })
    expect(inserted.new).not.toHaveProperty('note')
    expect(inserted.commit_timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

    await realtime.sql`update public.tasks set done = true where id = ${id}`
    expect(await inbox.next()).toMatchObject({ eventType: 'UPDATE', new: { id, done: true } })
    await realtime.sql`delete from public.tasks where id = ${id}`
    const deleted = await inbox.next()
    expect(deleted).toMatchObject({ eventType: 'DELETE', new: {} })
    expect(deleted.old).toEqual({ id })
  })

  test('obeys the policies of the subscriber', async () => {
    const [ana, ben] = [randomUUID(), randomUUID()]
    const atAna = await watchChanges({ table: 'tasks', event: 'INSERT' }, { userId: ana, vsn })
    const atBen = await watchChanges({ table: 'tasks', event: 'INSERT' }, { userId: ben, vsn })
    const [ofAna, ofBen] = [nextId(), nextId()]
    await realtime.sql`insert into public.tasks (id, owner) values (${ofAna}, ${ana})`
    await realtime.sql`insert into public.tasks (id, owner) values (${ofBen}, ${ben})`
    expect((await atAna.inbox.next()).new).toMatchObject({ id: ofAna })
    expect((await atBen.inbox.next()).new).toMatchObject({ id: ofBen })
    expect(atAna.inbox.received).toHaveLength(1)
  })
})

describe('postgres_changes', () => {
  test('gives the old row whole where the table keeps it', async () => {
    const { inbox } = await watchChanges({ table: 'open_tasks' }, { userId: null })
    const id = nextId()
    await realtime.sql`insert into public.open_tasks values (${id}, 'one', 1)`
    await realtime.sql`update public.open_tasks set title = 'two' where id = ${id}`
    await realtime.sql`delete from public.open_tasks where id = ${id}`
    expect(await inbox.next()).toMatchObject({ new: { id, title: 'one', size: 1 }, old: {} })
    expect(await inbox.next()).toMatchObject({
      new: { id, title: 'two' },
      old: { id, title: 'one', size: 1 },
    })
    expect(await inbox.next()).toMatchObject({ new: {}, old: { id, title: 'two', size: 1 } })
  })

  test.each([
    ['size=eq.5', [5]],
    ['size=neq.5', [1, 3, 7]],
    ['size=lt.5', [1, 3]],
    ['size=lte.5', [1, 3, 5]],
    ['size=gt.3', [5, 7]],
    ['size=gte.3', [3, 5, 7]],
    ['size=in.(1,7)', [1, 7]],
    ['size=not.in.(1,7)', [3, 5]],
    ['title=eq."a,b"', [3]],
    ['size=gt.1,title=like.b%', [5]],
  ])('keeps to the filter %s', async (filter, sizes) => {
    const { inbox } = await watchChanges({ table: 'open_tasks', event: 'INSERT', filter })
    // Of the test before, rows that it did not wait for may come yet.
    const before = lastId
    const isOwn = (change: Change): boolean => 'id' in change.new && Number(change.new['id']) > before
    const titles: Record<number, string> = { 1: 'beta', 3: 'a,b', 5: 'bright', 7: 'gamma' }
    for (const size of [1, 3, 5, 7]) {
      await realtime.sql`insert into public.open_tasks values (${nextId()}, ${titles[size] ?? ''}, ${size})`
    }
    for (const size of sizes) expect((await inbox.nextWhere(isOwn)).new).toMatchObject({ size })
    expect(inbox.received.filter(isOwn)).toHaveLength(sizes.length)
  })

  test('takes only the columns that were selected, and the key', async () => {
    const { inbox } = await watchChanges({ table: 'open_tasks', event: 'INSERT', select: ['size'] })
    const id = nextId()
    await realtime.sql`insert into public.open_tasks values (${id}, 'hidden', 2)`
    expect((await inbox.next()).new).toEqual({ id, size: 2 })
  })

  test('follows a whole schema', async () => {
    const { inbox } = await watchChanges({ event: 'INSERT' })
    const id = nextId()
    await realtime.sql`insert into public.open_tasks values (${id}, 'one', 1)`
    expect(await inbox.next()).toMatchObject({ table: 'open_tasks', new: { id } })
  })

  test('serves several bindings of one channel', async () => {
    const client = await realtime.client()
    const channel = client.channel(randomUUID())
    const inserts = createInbox<Change>('inserts')
    const deletes = createInbox<Change>('deletes')
    channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'open_tasks' }, (change) => {
      inserts.push(change)
    })
    channel.on('postgres_changes', { event: 'DELETE', schema: 'public', table: 'open_tasks' }, (change) => {
      deletes.push(change)
    })
    const system = collectSystem(channel)
    await subscribed(channel)
    await system.next()
    const id = nextId()
    await realtime.sql`insert into public.open_tasks values (${id}, 'one', 1)`
    await realtime.sql`delete from public.open_tasks where id = ${id}`
    expect(await inserts.next()).toMatchObject({ new: { id } })
    expect(await deletes.next()).toMatchObject({ old: { id } })
    expect(inserts.received).toHaveLength(1)
  })

  test.each([
    ['a table that is not published', { table: 'unpublished' }, /Please check Realtime is enabled/],
    [
      'a column that is not there',
      { table: 'tasks', filter: 'nothing=eq.1' },
      /invalid column for filter nothing/,
    ],
    [
      'a column that may not be read',
      { table: 'tasks', filter: 'note=eq.x' },
      /invalid column for filter note/,
    ],
    ['a value of another type', { table: 'tasks', filter: 'id=eq.many' }, /invalid input syntax/],
    ['an unknown operator', { table: 'tasks', filter: 'id=about.1' }, /Error parsing `filter` params/],
  ])('says what is wrong with %s', async (_name, filter, words) => {
    const { first } = await watchChanges(filter)
    expect(first).toMatchObject({ extension: 'postgres_changes', status: 'error' })
    expect(first['message']).toMatch(words)
  })

  test('holds the reply on request until changes flow', async () => {
    const client = await realtime.client()
    const wait = { config: { postgres_changes_options: { wait: true } } }
    const good = client.channel(randomUUID(), wait)
    const inbox = createInbox<Change>('changes')
    good.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'open_tasks' }, (change) => {
      inbox.push(change)
    })
    await subscribed(good)
    const id = nextId()
    await realtime.sql`insert into public.open_tasks values (${id}, 'one', 1)`
    expect(await inbox.next()).toMatchObject({ new: { id } })
    const bad = client.channel(randomUUID(), wait)
    bad.on('postgres_changes', { event: '*', schema: 'public', table: 'unpublished' }, () => undefined)
    expect((await watchStatus(bad).next()).error).toContain('RealtimeDisabledForConfiguration')
  })

  test('leaves no slot behind when nobody listens any more, nor when the database is killed', async () => {
    const { client, inbox } = await watchChanges({ table: 'open_tasks', event: 'INSERT' })
    const slots = () => realtime.sql`select temporary from pg_replication_slots`
    expect(await slots()).toEqual([{ temporary: true }])
    await realtime.database.kill()
    await realtime.database.restart()
    // The stream comes back by itself; only what was written meanwhile is lost.
    await expect.poll(async () => (await slots()).length, { timeout: 30_000 }).toBe(1)
    await expect
      .poll(
        async () => {
          await realtime.sql`insert into public.open_tasks values (${nextId()}, 'again', 1)`
          return inbox.received.length
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(0)
    await client.removeAllChannels()
    await realtime.disconnectClients()
    await expect.poll(async () => (await slots()).length, { timeout: 30_000 }).toBe(0)
  })

  test('never held a policy failure or a lost message as a warning', () => {
    const unexpected = realtime.logEntries.filter(({ message }) => /could not be delivered/.test(message))
    expect(unexpected).toEqual([])
  })
})
