/**
 * Measures the embedded Realtime server with rooms full of people: `node tools/bench/realtimeLoad.ts [--rooms 100]
 * [--people 8] [--seconds 10] [--broadcast-ms 2000] [--presence-ms 8000]`.
 *
 * Method: one process is the server, on a real PostgreSQL, with private channels and policies; this one holds all
 * people, each on a websocket of its own that speaks 2.0.0. Everybody joins, tracks a presence, and then heartbeats,
 * changes its presence and broadcasts its media state at the given pace, spread evenly. A latency is the time from a
 * send to the arrival at one receiver, measured on one clock; the two processes share the machine with each other.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { SignJWT } from 'jose'
import postgres from 'postgres'
import { z } from 'zod'
import { createRealtimeServer } from '../../src/backend/realtime/realtimeServer.ts'
import { startPostgres } from '../../src/backend/realtime/testing/postgresFixture.ts'
import { createPerson, type Person } from './realtimeLoadPerson.ts'
import { printReport, quantile, type Figure } from './report.ts'

const jwtSecret = 'a-secret-of-at-least-thirty-two-bytes'
const publishableKey = 'sb_publishable_bench'

const serverReport = z.object({ port: z.number() })
const serverUsage = z.object({ cpuMs: z.number(), residentMb: z.number() })

const { values: flags } = parseArgs({
  options: {
    serve: { type: 'string' },
    rooms: { type: 'string', default: '100' },
    people: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '10' },
    'broadcast-ms': { type: 'string', default: '2000' },
    'presence-ms': { type: 'string', default: '8000' },
  },
})

if (flags.serve === undefined) await measure()
else await serve(flags.serve)

/** The server's side: reports its port, then its use of the processor whenever asked. */
async function serve(databaseUrl: string): Promise<void> {
  const server = createRealtimeServer({
    databaseUrl,
    jwtSecret,
    apiKeys: { publishable: publishableKey, secret: 'sb_secret_bench' },
    log: (entry) => {
      if (entry.level === 'error' || entry.level === 'warn') console.error(entry)
    },
  })
  await server.start()
  const http = createServer()
  http.on('upgrade', (request, socket, head) => {
    server.handleUpgrade(request, socket, head)
  })
  http.listen(0, '127.0.0.1', () => {
    const address = http.address()
    process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
  })
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1_000, residentMb: process.memoryUsage().rss / 2 ** 20 })
  })
  process.once('disconnect', () => {
    void server.close().then(() => process.exit(0))
  })
}

async function measure(): Promise<void> {
  const settings = {
    rooms: Number(flags.rooms),
    people: Number(flags.people),
    seconds: Number(flags.seconds),
    broadcastMs: Number(flags['broadcast-ms']),
    presenceMs: Number(flags['presence-ms']),
  }
  const database = await startPostgres()
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined })
  await sql.unsafe(
    'create policy "members" on realtime.messages for all to authenticated using ((select auth.uid()) is not null) with check ((select auth.uid()) is not null)',
  )
  const child = fork(import.meta.filename, ['--serve', database.url])
  const people: Person[] = []
  try {
    const { port } = await nextMessage(child, serverReport)
    const joinedInMs = await fillRooms(people, port, settings)
    for (const person of people) person.clearMeasurements()

    const before = await usageOf(child)
    const startedAtMs = performance.now()
    for (const person of people) person.startActing(settings)
    await sendFromDatabase(sql, settings.seconds)
    const elapsedMs = performance.now() - startedAtMs
    const after = await usageOf(child)

    const timings = (what: string, pick: (person: Person) => readonly number[]) =>
      timingFigures(what, people.flatMap(pick))
    printReport({
      name: `Realtime: ${settings.rooms} rooms of ${settings.people} people`,
      method:
        `${settings.seconds} s on loopback; each person broadcasts every ${settings.broadcastMs} ms, changes its ` +
        `presence every ${settings.presenceMs} ms, heartbeats; private channels; send to arrival, one clock`,
      figures: [
        ...timingFigures('join, 20 at a time', joinedInMs),
        ...timings('broadcast', (person) => person.broadcastLatenciesMs),
        ...timings('presence', (person) => person.presenceLatenciesMs),
        ...timings('heartbeat', (person) => person.heartbeatLatenciesMs),
        ...timings('from the database', (person) => person.databaseLatenciesMs),
        {
          what: 'server: processor',
          value: ((after.cpuMs - before.cpuMs) / elapsedMs) * 100,
          unit: 'percent of a core',
        },
        { what: 'server: resident memory', value: after.residentMb, unit: 'MB' },
      ],
    })
  } finally {
    for (const person of people) person.close()
    child.disconnect()
    await new Promise((resolve) => child.once('exit', resolve))
    await sql.end({ timeout: 1 })
    await database.stop()
  }
}

/** Joins everybody, a few at a time, as a lobby would. Answers how long each took. */
async function fillRooms(
  people: Person[],
  port: number,
  settings: { readonly rooms: number; readonly people: number },
): Promise<number[]> {
  const joinedInMs: number[] = []
  const seats = Array.from({ length: settings.rooms * settings.people }, (_, seat) => seat % settings.rooms)
  const joinNext = async (): Promise<void> => {
    for (let room = seats.shift(); room !== undefined; room = seats.shift()) {
      const token = await new SignJWT({ role: 'authenticated', sub: randomUUID() })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(jwtSecret))
      const startedAtMs = performance.now()
      people.push(await createPerson({ port, apiKey: publishableKey, token, room: `room:${room}` }))
      joinedInMs.push(performance.now() - startedAtMs)
    }
  }
  await Promise.all(Array.from({ length: 20 }, joinNext))
  return joinedInMs
}

/** Ten messages a second by realtime.send while everybody acts. */
async function sendFromDatabase(sql: postgres.Sql, seconds: number): Promise<void> {
  for (let n = 0; n < seconds * 10; n += 1) {
    const payload = { sentAtMs: performance.now() }
    await sql`select realtime.send(${sql.json(payload)}, 'from-database', 'room:0')`
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function usageOf(child: ChildProcess): Promise<z.infer<typeof serverUsage>> {
  child.send('usage')
  return nextMessage(child, serverUsage)
}

function nextMessage<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(schema.parse(message))
    })
    child.once('exit', (code) => {
      reject(new Error(`The server ended with ${code}.`))
    })
  })
}

function timingFigures(what: string, timingsMs: readonly number[]): Figure[] {
  const note = `of ${timingsMs.length}`
  return [0.5, 0.95, 0.99].map((ratio) => ({
    what: `${what}, p${ratio * 100}`,
    value: quantile(timingsMs, ratio),
    unit: 'ms',
    note,
  }))
}
