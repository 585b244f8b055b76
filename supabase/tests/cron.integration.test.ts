import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type CronDatabase,
  type CronPostgres,
  prepareCronPostgres,
  startCronDatabase,
} from '../../test/support/cronDatabase.ts'

const patience = { timeout: 170_000, interval: 500 }

let cron: CronPostgres | null = null
let database: CronDatabase | null = null
let knowsSeconds = false

beforeAll(async () => {
  cron = await prepareCronPostgres((line) => console.warn(line))
  if (cron === null) return
  database = await startCronDatabase(cron)
  const [extension] = await database.sql<{ version: string }[]>`
    select extversion as version from pg_extension where extname = 'pg_cron'`
  knowsSeconds = Number(extension?.version) >= 1.5
}, 180_000)

afterAll(async () => {
  await database?.stop()
  await cron?.release()
})

interface Job {
  readonly name: string
  readonly schedule: string
  readonly command: string
  readonly owner: string
}

const withoutCron = 'pg_cron is not installed: the jobs of the scheduler were not tried'

describe('the scheduler of a hosted project', { timeout: 180_000 }, () => {
  test('has a job for every task, of the schema’s owner, at its interval or once a minute', async ({
    skip,
  }) => {
    if (database === null) return skip(withoutCron)
    const { sql } = database
    const tasks = await sql<{ name: string; command: string; everySeconds: number }[]>`
      select job_name as name, format('select %s()', function_name) as command, every_seconds as "everySeconds"
      from private.scheduled_tasks order by 1`
    const jobs = await sql<Job[]>`
      select jobname as name, schedule, command, username as owner from cron.job where active order by 1`
    expect(tasks.length).toBeGreaterThan(5)
    expect([...jobs]).toEqual(
      tasks.map(({ name, command, everySeconds }) => ({
        name,
        command,
        owner: 'postgres',
        schedule: knowsSeconds && everySeconds < 60 ? `${everySeconds} seconds` : '* * * * *',
      })),
    )
  })

  test('runs every job, without a failure, and what they are for happens', async ({ skip }) => {
    if (database === null) return skip(withoutCron)
    const { sql } = database
    const userId = randomUUID()
    const roomId = randomUUID()
    await sql`insert into auth.users (id, email, raw_user_meta_data)
      values (${userId}, 'ada@example.test', '{"display_name": "Ada"}')`
    await sql`insert into public.rooms (id, name) values (${roomId}, 'Room')`
    await sql`insert into public.room_participants (room_id, user_id, connection_id, joined_at, last_seen_at)
      values (${roomId}, ${userId}, ${randomUUID()}, now() - interval '2 minutes', now() - interval '2 minutes')`

    // Where it can be short, nobody has to wait for the minute.
    if (knowsSeconds) await sql`select cron.alter_job(jobid, schedule => '5 seconds') from cron.job`
    const neverRun = () => sql<{ name: string }[]>`
      select j.jobname as name from cron.job j
      where not exists (select 1 from cron.job_run_details d where d.jobid = j.jobid and d.status = 'succeeded')`
    await expect.poll(async () => [...(await neverRun())], patience).toEqual([])
    // What the functions say, not that a busy machine did not begin one in time.
    const failures = await sql`
      select j.jobname, d.return_message from cron.job_run_details d join cron.job j using (jobid) where d.return_message like 'ERROR%'`
    expect([...failures]).toEqual([])

    const stays = () => sql<{ reason: string | null }[]>`
      select left_reason as reason from public.room_participants where user_id = ${userId}`
    await expect.poll(async () => [...(await stays())], patience).toEqual([{ reason: 'expired' }])
  })
})
