/**
 * How fast people get into one room, where each has to wait for the one before: `node tools/bench/joinRate.ts`.
 *
 * Method: the embedded backend as a program of its own; fifty people join one room at the same moment, then leave it at
 * the same moment, over HTTP; several rounds. The rate is people by the time from the first request to the last answer;
 * the processor's time is that of the backend and PostgreSQL alone, which other programs disturb less.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ROOM_CAPACITY_MAX } from '../../src/shared/limits.ts'
import { startBenchBackend } from './benchBackend.ts'
import { readOwnCpuMs, readProcessUsage } from './processUsage.ts'
import { median, printReport, quantile } from './report.ts'

const ROUNDS = 10
const createdSchema = z.object({ roomId: z.uuid() })

const backend = await startBenchBackend()
try {
  await backend.sql`update private.config set has_sfu = true`
  await backend.sql`update private.limits set max_count = 1000`
  const people = await backend.createPeople(ROOM_CAPACITY_MAX)
  const [creator] = people
  if (!creator) throw new Error('There is nobody.')
  const { body } = await backend.call(creator, 'POST', '/rooms/create', { name: 'Everybody at once' })
  const { roomId } = createdSchema.parse(body)

  const rates: Record<'join' | 'leave', number[]> = { join: [], leave: [] }
  const joinTimesMs: number[] = []
  const processorMs: Record<'join' | 'leave', number[]> = { join: [], leave: [] }
  const ownMs: Record<'join' | 'leave', number[]> = { join: [], leave: [] }
  let refused = 0
  for (let round = 0; round < ROUNDS; round++) {
    const connectionIds = people.map(() => randomUUID())
    for (const what of ['join', 'leave'] as const) {
      const before = await readProcessUsage([backend.pid])
      const ownBeforeMs = await readOwnCpuMs(backend.pid)
      const startedAtMs = performance.now()
      const answers = await Promise.all(
        people.map((person, index) =>
          backend.call(person, 'POST', `/rooms/${roomId}/${what}`, {
            connectionId: connectionIds[index],
            ...(what === 'join' && { supportsSfu: true }),
          }),
        ),
      )
      rates[what].push(people.length / ((performance.now() - startedAtMs) / 1_000))
      ownMs[what].push(((await readOwnCpuMs(backend.pid)) - ownBeforeMs) / people.length)
      const after = await readProcessUsage([backend.pid])
      processorMs[what].push((after.other.cpuMs - before.other.cpuMs) / people.length)
      refused += answers.filter((answer) => answer.status >= 300).length
      if (what === 'join') joinTimesMs.push(...answers.map((answer) => answer.tookMs))
    }
  }
  printReport({
    name: `${people.length} people into one room at once`,
    method: `POST /api/rooms/:id/join and …/leave on loopback, all at the same moment; ${ROUNDS} rounds, medians.`,
    figures: [
      { what: 'joins', value: median(rates.join), unit: 'per second' },
      { what: 'leaves', value: median(rates.leave), unit: 'per second' },
      { what: 'one join among fifty, p50', value: quantile(joinTimesMs, 0.5), unit: 'ms' },
      { what: 'one join among fifty, p95', value: quantile(joinTimesMs, 0.95), unit: 'ms' },
      { what: 'processor for one join', value: median(processorMs.join), unit: 'ms' },
      { what: 'of which the backend itself', value: median(ownMs.join), unit: 'ms' },
      { what: 'processor for one leave', value: median(processorMs.leave), unit: 'ms' },
      { what: 'of which the backend itself', value: median(ownMs.leave), unit: 'ms' },
      { what: 'requests refused', value: refused, unit: 'count', note: `of ${ROUNDS * people.length * 2}` },
    ],
  })
} finally {
  await backend.stop()
}
