import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRoomResponseSchema } from '../../../../src/shared/api/rooms.ts'
import type { QualitySample } from '../../../../src/shared/api/qualitySamples.ts'
import { startTestBackend, type TestBackend } from '../../../../test/support/backend.ts'
import { signUp, type Person } from '../../../tests/support/person.ts'

let backend: TestBackend
let sql: Sql
let ada: Person

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  ada = await signUp(backend, 'Ada')
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

async function scrape(headers: Readonly<Record<string, string>>): Promise<Response> {
  return await fetch(`${backend.url}/functions/v1/api/metrics`, { headers })
}

/** Samples by name and labels. Throws at a line that Prometheus's text format does not know. */
function parsePrometheusText(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>()
  const typed = new Set<string>()
  for (const line of text.split('\n').slice(0, -1)) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line)
    if (comment?.[1] === 'TYPE') typed.add(comment[2] ?? '')
    if (comment) continue
    const sample = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (\S+)$/.exec(line)
    if (!sample || !typed.has(sample[1] ?? '')) throw new Error(`not a sample with a type: ${line}`)
    const key = `${sample[1]}${sample[2] ?? ''}`
    if (samples.has(key)) throw new Error(`twice: ${key}`)
    samples.set(key, Number(sample[3]))
  }
  return samples
}

test('only the secret key reads the figures', async () => {
  const secret = backend.secretKey
  expect((await scrape({})).status).toBe(401)
  expect((await scrape({ authorization: `Bearer ${ada.token}` })).status).toBe(401)
  expect((await scrape({ apikey: backend.publishableKey })).status).toBe(401)
  expect((await scrape({ authorization: `Bearer ${secret}` })).status).toBe(200)
  expect((await scrape({ apikey: secret })).status).toBe(200)
})

test('a room, a stay and what was measured in it are in the figures', async () => {
  const created = await ada.call('POST', '/rooms/create', { name: 'Measured' })
  const { roomId } = createRoomResponseSchema.parse(created.body)
  const connectionId = randomUUID()
  expect((await ada.call('POST', `/rooms/${roomId}/join`, { connectionId })).status).toBe(200)
  const unknown = null
  const sample: QualitySample = {
    windowMs: 60_000,
    topology: 'mesh',
    pathKind: 'host',
    rttMs: 42,
    lossRatio: 0.25,
    jitterMs: unknown,
    frameWidth: 640,
    frameHeight: 480,
    fps: 24,
    videoUpBps: 600_000,
    videoDownBps: 500_000,
    audioUpBps: 32_000,
    audioDownBps: 32_000,
    bytesSent: 4_740_000,
    bytesReceived: 3_990_000,
    cpuLoadPercent: unknown,
    connectionAttempts: 4,
    connectionSuccesses: 3,
    limitation: 'none',
  }
  const recorded = await fetch(`${backend.url}/rest/v1/rpc/record_quality_sample`, {
    method: 'POST',
    headers: {
      apikey: backend.publishableKey,
      authorization: `Bearer ${ada.token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ p_room_id: roomId, p_connection_id: connectionId, p_sample: sample }),
  })
  expect({ status: recorded.status, text: await recorded.text() }).toMatchObject({ status: 200 })
  expect(await sql`select rtt_ms from public.quality_samples where room_id = ${roomId}`).toMatchObject([
    { rtt_ms: 42 },
  ])
  // The figures are kept for some seconds.
  await sql`delete from private.metric_readings`

  const response = await scrape({ authorization: `Bearer ${backend.secretKey}` })
  expect(response.headers.get('content-type')).toContain('text/plain')
  const figures = parsePrometheusText(await response.text())
  expect([...figures.keys()].filter((name) => !name.startsWith('studyhall_'))).toEqual([])
  const values = (name: string): readonly number[] =>
    [...figures].filter(([key]) => key.startsWith(name)).map(([, value]) => value)
  expect(values('studyhall_rooms_active')).toContain(1)
  expect(values('studyhall_rtt_seconds')).toContain(0.042)
  expect(values('studyhall_packet_loss_ratio')).toContain(0.25)
  expect(values('studyhall_connection_success_ratio')).toContain(0.75)
})
