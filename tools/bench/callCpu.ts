import process from 'node:process'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumFlags, launchCallBrowser } from '../../test/media/callBrowser.ts'
import { findChromium } from '../setup/ensureChromium.mjs'
import { openBareMesh } from './bareMesh/openBareMesh.ts'
import { type BrowserUsage, measureUsage } from './browserUsage.ts'
import { median, printReport } from './report.ts'

const PEOPLE = ['Ada', 'Ben', 'Chloe', 'Dan'] as const
/** Fits four people on two cores, so that nothing is throttled and the figures mean the same in both. */
const PICTURE = { width: 320, height: 240, frameRate: 15 } as const
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
/** Bandwidth estimation has settled by then. */
const SETTLE_MS = 6_000
const MEASURE_MS = 10_000

async function pause(durationMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, durationMs))
}

interface CallUsage extends BrowserUsage {
  /** Shown of one picture, on average: a side that shows less would have it easy. */
  readonly framesPerSecond: number
}

/** Measures while counting what is shown. `readFrames` gives a page's counts by person. */
async function measureShowing(
  browser: Browser,
  pages: readonly Page[],
  readFrames: (page: Page) => Promise<Record<string, number>>,
): Promise<CallUsage> {
  const countAll = async (): Promise<number> => {
    const counts = await Promise.all(pages.map(readFrames))
    return counts.flatMap((count) => Object.values(count)).reduce((sum, frames) => sum + frames, 0)
  }
  const before = await countAll()
  const startedAt = performance.now()
  const usage = await measureUsage(browser, pages, MEASURE_MS)
  const shown = (await countAll()) - before
  const seconds = (performance.now() - startedAt) / 1_000
  const pictures = PEOPLE.length * (PEOPLE.length - 1)
  return { ...usage, framesPerSecond: shown / seconds / pictures }
}

async function measureOurs(): Promise<CallUsage> {
  const browser = await launchCallBrowser()
  try {
    const people = []
    for (const name of PEOPLE) {
      const person = await browser.open(name, 'all', PICTURE)
      await person.run((page) => page.prepare({ camera: true, microphone: true }).then(() => undefined))
      await person.run((page) => page.join())
      people.push(person)
    }
    for (const person of people) {
      await person.until((page) => {
        const counts = Object.values(page.frames())
        return counts.length === 3 && counts.every((frames) => frames > 5)
      })
    }
    await pause(SETTLE_MS)
    return await measureShowing(
      browser.browser,
      people.map((person) => person.page),
      (page) => page.evaluate(() => window.callPage.frames()),
    )
  } finally {
    await browser.close()
  }
}

async function measureBare(): Promise<CallUsage> {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: [...chromiumFlags],
  })
  try {
    const mesh = await openBareMesh(
      PEOPLE.map(() => browser),
      PICTURE,
    )
    await pause(SETTLE_MS)
    const usage = await measureShowing(browser, mesh.pages, (page) =>
      page.evaluate(() => window.bareMesh.frames()),
    )
    await mesh.close()
    return usage
  } finally {
    await browser.close()
  }
}

const ours: CallUsage[] = []
const bare: CallUsage[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  // In turns, so that a busy moment of the machine does not meet the same side each time.
  const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)
  for (const side of order) {
    const usage = side === 'ours' ? await measureOurs() : await measureBare()
    ;(side === 'ours' ? ours : bare).push(usage)
    process.stderr.write(`${side}: ${JSON.stringify(usage)}\n`)
  }
}

function compare(
  key: 'cpuPercent' | 'heapMb' | 'memoryMb' | 'framesPerSecond',
): readonly [number, number, number] {
  const [left, right] = [median(ours.map((usage) => usage[key])), median(bare.map((usage) => usage[key]))]
  const ratios = ours.map((usage, round) => usage[key] / (bare[round]?.[key] ?? Number.NaN))
  return [left, right, median(ratios)]
}

const [cpu, bareCpu, cpuRatio] = compare('cpuPercent')
const [heap, bareHeap] = compare('heapMb')
const [frames, bareFrames] = compare('framesPerSecond')
const [memory, bareMemory, memoryRatio] = compare('memoryMb')
const bareFrameCost = median(bare.map((usage) => usage.cpuPercent / usage.framesPerSecond))
printReport({
  name: 'A call of four: our media stack against bare simple-peer',
  method: `Four people in one Chromium, ${PICTURE.width}×${PICTURE.height}@${PICTURE.frameRate}, fake devices, all pictures shown; CPU of all its processes over ${MEASURE_MS / 1_000} s after ${SETTLE_MS / 1_000} s, fresh browsers in turns, ${ROUNDS} rounds, medians; ratios are medians of each round's ratio.`,
  figures: [
    { what: 'CPU, ours', value: cpu, unit: 'percent of a core' },
    { what: 'CPU, bare', value: bareCpu, unit: 'percent of a core' },
    { what: 'CPU, ours to bare', value: cpuRatio, unit: 'ratio', note: 'to be at most 1.15' },
    {
      what: 'CPU of one shown frame, ours to bare',
      value: median(ours.map((usage) => usage.cpuPercent / usage.framesPerSecond)) / bareFrameCost,
      unit: 'ratio',
      note: 'the fairer one where a busy machine drops frames',
    },
    { what: 'frames of one picture, ours', value: frames, unit: 'per second' },
    { what: 'frames of one picture, bare', value: bareFrames, unit: 'per second' },
    { what: 'memory, ours', value: memory, unit: 'MB', note: 'proportional, all processes' },
    { what: 'memory, bare', value: bareMemory, unit: 'MB' },
    { what: 'memory, ours to bare', value: memoryRatio, unit: 'ratio' },
    { what: 'JavaScript heap, ours', value: heap, unit: 'MB', note: 'four pages' },
    { what: 'JavaScript heap, bare', value: bareHeap, unit: 'MB' },
  ],
})
