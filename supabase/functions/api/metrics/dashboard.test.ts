import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeFigures } from './describeFigures.ts'

const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
})

async function readDashboard(): Promise<z.infer<typeof dashboardSchema>> {
  const path = join(import.meta.dirname, '..', '..', '..', '..', 'ops', 'grafana', 'studyhall.json')
  return dashboardSchema.parse(JSON.parse(await readFile(path, 'utf8')))
}

/** Every name that the endpoint tells, whatever the figures are. */
const told = describeFigures({
  roomsNow: [],
  activity: [],
  leaves: [],
  durations: [],
  quality: [],
  shares: [],
  connections: [],
  bandwidth: [],
  concurrentPeople: null,
  cost: { per_hour: null, per_person_hour: null },
}).map((family) => family.name)

test('the dashboard asks for nothing that is not told, and leaves nothing out but the load of processors', async () => {
  const { panels } = await readDashboard()
  const asked = new Set(
    panels.flatMap((panel) => panel.targets.flatMap((target) => target.expr.match(/studyhall_\w+/g) ?? [])),
  )
  expect([...asked].filter((name) => !told.includes(name))).toEqual([])
  expect(told.filter((name) => !asked.has(name))).toEqual([
    'studyhall_client_cpu_load_ratio',
    'studyhall_concurrent_people_average',
  ])
})

test.each([
  'Room creation rate',
  'Room duration',
  'Joins and leaves',
  'Round trip',
  'Packet loss',
  'Jitter',
  'Connection success',
  'Resolution',
  'Frames per second',
  'Bitrate',
  'Server cost per concurrent user',
  'Bandwidth of a room',
])('there is a panel for: %s', async (title) => {
  expect((await readDashboard()).panels.map((panel) => panel.title)).toContain(title)
})
