import type { Sql } from 'postgres'
import type { Broadcast } from '../protocol/messages.ts'

/** A message from the database and the topic that it is for. */
export interface DatabaseMessage {
  readonly id: string
  readonly subTopic: string
  readonly isPrivate: boolean
  readonly broadcast: Broadcast
}

interface MessageRow {
  readonly id: string
  readonly topic: string
  readonly isPrivate: boolean
  readonly event: string
  readonly payload: string
}

/** The rows with these ids, in the order of the ids; a row that is gone is left out. */
export async function readMessages(sql: Sql, ids: readonly string[]): Promise<DatabaseMessage[]> {
  const rows = await sql<MessageRow[]>`
    select id, topic, coalesce(private, false) as "isPrivate", event, coalesce(payload, '{}')::text as payload
    from realtime.messages where id = any(${[...ids]}::uuid[])`
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : [toMessage(row, false)]
  })
}

/** Rows at most this old, oldest first: what may have been missed while no connection listened. */
export async function readRecentMessages(
  sql: Sql,
  maxAgeMs: number,
  maxRows: number,
): Promise<DatabaseMessage[]> {
  const rows = await sql<MessageRow[]>`
    select id, topic, coalesce(private, false) as "isPrivate", event, coalesce(payload, '{}')::text as payload
    from realtime.messages
    where inserted_at >= (now() - make_interval(secs => ${maxAgeMs / 1_000}))::timestamp
      and event is not null and extension = 'broadcast'
    order by inserted_at limit ${maxRows}`
  return rows.map((row) => toMessage(row, false))
}

/** The last messages of a private topic since a moment, oldest first, marked as replayed. */
export async function readReplay(
  sql: Sql,
  subTopic: string,
  sinceMs: number,
  limit: number,
): Promise<DatabaseMessage[]> {
  const rows = await sql<MessageRow[]>`
    select id, topic, true as "isPrivate", event, coalesce(payload, '{}')::text as payload
    from realtime.messages
    where topic = ${subTopic} and private is true and extension = 'broadcast' and event is not null
      and inserted_at >= to_timestamp(${sinceMs / 1_000})::timestamp
    order by inserted_at desc limit ${limit}`
  return rows.map((row) => toMessage(row, true)).toReversed()
}

/** Deletes rows older than this, a bounded number. Answers how many. */
export async function deleteOldMessages(sql: Sql, maxAgeMs: number, maxRows: number): Promise<number> {
  const result = await sql`
    delete from realtime.messages where ctid = any(array(
      select ctid from realtime.messages
      where inserted_at < (now() - make_interval(secs => ${maxAgeMs / 1_000}))::timestamp
      order by inserted_at limit ${maxRows}))`
  return result.count
}

function toMessage(row: MessageRow, replayed: boolean): DatabaseMessage {
  return {
    id: row.id,
    subTopic: row.topic,
    isPrivate: row.isPrivate,
    broadcast: {
      kind: 'event',
      event: row.event,
      encoding: 'json',
      data: Buffer.from(row.payload, 'utf8'),
      meta: replayed ? { id: row.id, replayed: true } : { id: row.id },
    },
  }
}
