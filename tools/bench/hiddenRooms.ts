// Whether the time that a refusal takes tells a hidden room from one that does not exist.
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import postgres from 'postgres'
import { signUp, type Person } from '../../supabase/tests/support/person.ts'
import { startTestBackend } from '../../test/support/backend.ts'
import { median, printReport, quantile, type Figure } from './report.ts'

const RUNS = Number(process.argv[2] ?? 200)

async function createRoom(owner: Person, room: object): Promise<string> {
  const { body } = await owner.call('POST', '/rooms/create', { name: 'Hidden', privacy: 'private', ...room })
  return typeof body === 'object' && body !== null && 'roomId' in body ? String(body.roomId) : ''
}

const backend = await startTestBackend()
const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
try {
  await sql`update private.limits set max_count = 1000, window_length = interval '1 second'`
  const [owner, stranger] = await Promise.all([signUp(backend, 'Owner'), signUp(backend, 'Stranger')])
  const hidden = await createRoom(owner, {})
  const locked = await createRoom(owner, { password: 'open sesame' })
  const cases: Readonly<Record<string, () => string>> = {
    'no such room': () => randomUUID(),
    'a hidden room': () => hidden,
    'a wrong password': () => locked,
  }
  const timesMs = new Map(Object.keys(cases).map((name) => [name, [] as number[]]))
  // One after the other within each turn, so that the machine's moods fall on all alike.
  for (let run = 0; run < RUNS; run++) {
    for (const [name, roomId] of Object.entries(cases)) {
      const startMs = performance.now()
      await stranger.call('POST', `/rooms/${roomId()}/join`, {
        connectionId: randomUUID(),
        password: 'guess',
      })
      timesMs.get(name)?.push(performance.now() - startMs)
    }
  }
  const reference = median(timesMs.get('no such room') ?? [])
  const figures = [...timesMs].flatMap(([name, times]): Figure[] => [
    { what: `${name}, median`, value: median(times), unit: 'ms' },
    { what: `${name}, p95`, value: quantile(times, 0.95), unit: 'ms' },
    { what: `${name}, median against no such room`, value: median(times) / reference, unit: 'ratio' },
  ])
  printReport({
    name: 'Refusals of rooms that a person may not see',
    method: `POST /api/rooms/:id/join with a password, over HTTP to the embedded backend, in turns; ${RUNS} of each.`,
    figures,
  })
} finally {
  await sql.end()
  await backend.stop()
}
