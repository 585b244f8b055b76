import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { launchApp } from '../../test/e2e/helpers/launchApp.ts'
import { createPerson } from '../../test/e2e/helpers/person.ts'
import { ensureBuild } from '../setup/ensureBuild.mjs'
import { readProcessUsage } from './processUsage.ts'
import { median, printReport } from './report.ts'

const SETTLE_MS = 30_000
const SAMPLE_MS = 20_000
const RUNS = 3

interface Idle {
  readonly browserMb: number
  readonly otherMb: number
  readonly heapMb: number
  readonly cpuPercent: number
}

async function measureIdle(dataDir: string): Promise<Idle> {
  const app = await launchApp({ dataDir })
  try {
    const heading = app.page.getByRole('heading', { name: 'Rooms', exact: true })
    const welcome = app.page.getByRole('textbox', { name: 'Your name' })
    await heading.or(welcome).waitFor()
    if (await welcome.isVisible()) await createPerson(app.page, 'Ada').introduce()
    await delay(SETTLE_MS)
    const roots = [app.process.pid ?? 0]
    const before = await readProcessUsage(roots)
    await delay(SAMPLE_MS)
    const after = await readProcessUsage(roots)
    const cdp = await app.page.context().newCDPSession(app.page)
    await cdp.send('Performance.enable')
    const { metrics } = await cdp.send('Performance.getMetrics')
    const heapBytes = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
    const cpuMs = after.browser.cpuMs + after.other.cpuMs - before.browser.cpuMs - before.other.cpuMs
    return {
      browserMb: after.browser.memoryMb,
      otherMb: after.other.memoryMb,
      heapMb: heapBytes / 1_000_000,
      cpuPercent: (cpuMs / SAMPLE_MS) * 100,
    }
  } finally {
    await app.close()
  }
}

await ensureBuild(process.execPath, () => undefined)
const dataDir = await mkdtemp(join(tmpdir(), 'studyhall-bench-'))
const runs: Idle[] = []
for (let run = 0; run < RUNS; run += 1) runs.push(await measureIdle(dataDir))
await rm(dataDir, { recursive: true, force: true })
const of = (pick: (idle: Idle) => number): number => median(runs.map(pick))
printReport({
  name: 'An idle lobby',
  method: `The built app on this machine's runtime, signed in, no rooms, left alone for ${SETTLE_MS / 1_000} s; proportional memory (PSS) of all its processes, and their CPU over ${SAMPLE_MS / 1_000} s. Median of ${RUNS} starts.`,
  figures: [
    {
      what: 'all',
      value: of(({ browserMb, otherMb }) => browserMb + otherMb),
      unit: 'MB',
      note: 'to be at most 300',
    },
    {
      what: 'of which Chromium',
      value: of(({ browserMb }) => browserMb),
      unit: 'MB',
      note: 'browser, page, GPU and network processes',
    },
    {
      what: 'of which main process, backend and PostgreSQL',
      value: of(({ otherMb }) => otherMb),
      unit: 'MB',
    },
    { what: 'the page’s own JavaScript heap', value: of(({ heapMb }) => heapMb), unit: 'MB' },
    { what: 'CPU', value: of(({ cpuPercent }) => cpuPercent), unit: 'percent of a core' },
  ],
})
