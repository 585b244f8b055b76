import type { Browser, Page } from 'playwright-core'
import { readProportionalMb } from './processUsage.ts'

/** What a browser used over a time. */
export interface BrowserUsage {
  /** Of one core, all processes of the browser together, by Chromium's own account. */
  readonly cpuPercent: number
  /** The same by kind of process (`browser`, `renderer`, `GPU`, `utility` …). */
  readonly cpuPercentByType: Readonly<Record<string, number>>
  /** Used JavaScript heap of the pages, in megabytes. */
  readonly heapMb: number
  /** Proportional memory of all processes, in megabytes; zero where there is no `/proc`. */
  readonly memoryMb: number
}

interface ProcessReading {
  readonly id: number
  readonly type: string
  readonly cpuTime: number
}

/** Watches the browser for a while (CDP `SystemInfo.getProcessInfo`, `Performance.getMetrics`, `/proc/<pid>/smaps_rollup`). */
export async function measureUsage(
  browser: Browser,
  pages: readonly Page[],
  durationMs: number,
): Promise<BrowserUsage> {
  const session = await browser.newBrowserCDPSession()
  const read = async (): Promise<readonly ProcessReading[]> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return processInfo
  }
  const before = await read()
  const startedAt = performance.now()
  await new Promise((resolve) => setTimeout(resolve, durationMs))
  const after = await read()
  const seconds = (performance.now() - startedAt) / 1_000
  const cpuPercentByType: Record<string, number> = {}
  for (const process of after) {
    const earlier = before.find((known) => known.id === process.id)?.cpuTime ?? 0
    const percent = ((process.cpuTime - earlier) / seconds) * 100
    cpuPercentByType[process.type] = (cpuPercentByType[process.type] ?? 0) + percent
  }
  const memory = await Promise.all(after.map(({ id }) => readProportionalMb(id)))
  const heaps = await Promise.all(pages.map(readHeapMb))
  await session.detach()
  return {
    cpuPercent: sum(Object.values(cpuPercentByType)),
    cpuPercentByType,
    heapMb: sum(heaps),
    memoryMb: sum(memory),
  }
}

async function readHeapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  return (metrics.find((metric) => metric.name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
