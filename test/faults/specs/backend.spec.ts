import process from 'node:process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { z } from 'zod'
import { describeFaults, expect, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { type FaultBackend, startFaultBackend } from '../rig/backend.ts'
import { type LineProcess, startLineProcess } from '../rig/lineProcess.ts'
import { createNetwork, type Network } from '../rig/network.ts'

const script = join(import.meta.dirname, '..', 'rig', 'crowdProcess.ts')
const statesSchema = z.object({
  states: z.array(z.object({ status: z.string(), joinedAtMs: z.number() })),
})
const writtenSchema = z.object({
  written: z.array(z.object({ userId: z.string(), acknowledged: z.number() })),
})

async function gatherCrowd(network: Network, backend: FaultBackend, count: number): Promise<LineProcess> {
  const place = await network.addPlace('crowd')
  const crowd = startLineProcess(
    place.inside([process.execPath, script, backend.url, backend.publishableKey, String(count)]),
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: backend.certificateFile } },
  )
  expect(JSON.parse(await crowd.nextLine())).toEqual({ joined: count })
  return crowd
}

describeFaults('the backend', () => {
  test('fifty clients lose the backend at once: all are back soon, and not all in the same moment', async () => {
    await using network = await createNetwork()
    await using backend = await startFaultBackend(network)
    const crowd = await gatherCrowd(network, backend, 50)
    await backend.kill()
    await sleep(5_000)
    await backend.start()
    const answersAtMs = Date.now()
    const read = async (): Promise<z.infer<typeof statesSchema>['states']> =>
      statesSchema.parse(JSON.parse(await crowd.ask('states'))).states
    await expect
      .poll(async () => (await read()).filter(({ status }) => status === 'joined').length, {
        timeout: 30_000,
      })
      .toBe(50)
    const backMs = (await read()).map(({ joinedAtMs }) => joinedAtMs - answersAtMs).sort((a, b) => a - b)
    const spreadMs = (backMs.at(-1) ?? 0) - (backMs[0] ?? 0)
    await report('50 clients lose the backend', {
      'first back after ms': backMs[0] ?? 0,
      'median ms': backMs[25] ?? 0,
      'last back after ms': backMs.at(-1) ?? 0,
    })
    expect(backMs.at(-1)).toBeLessThanOrEqual(15_000)
    expect(spreadMs).toBeGreaterThan(500)
  })

  test('the backend is killed in the middle of writes: what it acknowledged is there', async () => {
    await using network = await createNetwork()
    await using backend = await startFaultBackend(network)
    const crowd = await gatherCrowd(network, backend, 8)
    const writing = crowd.ask('write 4')
    await sleep(2_000)
    await backend.kill()
    const { written } = writtenSchema.parse(JSON.parse(await writing))
    const startMs = await backend.start()
    const sql = postgres(await backend.databaseUrl(), { max: 1, onnotice: () => undefined })
    try {
      for (const { userId, acknowledged } of written) {
        const [profile] = await sql<{ display_name: string }[]>`
          select display_name from public.profiles where id = ${userId}`
        // The one write that was under way may or may not have been done.
        expect(Number(profile?.display_name)).toBeGreaterThanOrEqual(acknowledged)
        expect(Number(profile?.display_name)).toBeLessThanOrEqual(acknowledged + 1)
        expect(acknowledged).toBeGreaterThan(5)
      }
    } finally {
      await sql.end()
    }
    await report('backend killed amid writes', {
      'acknowledged writes': written.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
      lost: 0,
      'back after its start ms': startMs,
      steps: backend.startSteps(),
    })
  })
})
