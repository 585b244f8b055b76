import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { hasLivekit, startRealCall } from '../../test/media/realCall.ts'
import { measureUsage } from './browserUsage.ts'
import { median, printReport } from './report.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
/** On the screen of the one who watches. */
const SHOWN = 9
const TILE = { width: 320, height: 180 }
const PICTURE = { width: 320, height: 180, frameRate: 15 }
const SETTLE_MS = 8_000
const MEASURE_MS = 15_000

interface Cost {
  readonly cpuPercent: number
  readonly memoryMb: number
  /** Of all pictures on the screen together. */
  readonly framesPerSecond: number
}

/** Who is in the room beside the one who watches. */
interface Others {
  readonly count: number
  /** How many of them have an open microphone; the first ones, who are on the screen. */
  readonly openMicrophones: number
}

const TEN: Others = { count: SHOWN, openMicrophones: SHOWN }
const FIFTY: Others = { count: 49, openMicrophones: 49 }
const FIFTY_QUIET: Others = { count: 49, openMicrophones: SHOWN }

/** A room of so many, in which one person watches some of them in a browser of their own. */
async function measure({ count: others, openMicrophones }: Others): Promise<Cost> {
  const call = await startRealCall(PICTURE, '1 hour')
  try {
    const ada = await call.arrive('Ada')
    await call.moveToSfu([ada])
    const { url, publishableKey } = call.backend
    const crowd = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'sfuCrowd.ts'),
        url,
        publishableKey,
        call.roomId,
        String(others),
        String(openMicrophones),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    try {
      const left = once(crowd, 'exit').then(([code]) => {
        throw new Error(`The others have gone: code ${String(code)}`)
      })
      await Promise.race([once(createInterface({ input: crowd.stdout }), 'line'), left])
      left.catch(() => undefined)
      await ada.page.waitForFunction(
        (count) => {
          const snapshot = window.callPage.call()
          return snapshot.kind === 'live' && snapshot.others.length === count
        },
        others,
        { timeout: 60_000 },
      )
      for (let index = 0; index < others; index += 1) {
        const isShown = index < SHOWN
        await ada.page.evaluate(([name, size]) => window.callPage.showTile(name, size), [
          `crowd-${index}`,
          isShown ? TILE : null,
        ] as const)
      }
      await ada.page.waitForFunction(
        (count) => Object.values(window.callPage.frames()).filter((frames) => frames > 10).length >= count,
        Math.min(SHOWN, others),
        { timeout: 60_000 },
      )
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
      const countFrames = async (): Promise<number> =>
        Object.values(await ada.run((page) => page.frames())).reduce((sum, frames) => sum + frames, 0)
      const before = await countFrames()
      const startedAtMs = performance.now()
      const usage = await measureUsage(call.browser.browser, [ada.page], MEASURE_MS)
      const seconds = (performance.now() - startedAtMs) / 1_000
      return {
        cpuPercent: usage.cpuPercent,
        memoryMb: usage.memoryMb,
        framesPerSecond: ((await countFrames()) - before) / seconds,
      }
    } finally {
      crowd.kill()
    }
  } finally {
    await call.close()
  }
}

if (!(await hasLivekit())) {
  process.stderr.write('There is no LiveKit server; `npm run livekit` builds one.\n')
  process.exit(1)
}
const costs = new Map<Others, Cost[]>([
  [TEN, []],
  [FIFTY, []],
  [FIFTY_QUIET, []],
])
for (let round = 0; round < ROUNDS; round += 1) {
  const order = [...costs.keys()]
  for (const others of round % 2 === 0 ? order : order.toReversed()) {
    const cost = await measure(others)
    costs.get(others)?.push(cost)
    process.stderr.write(`${JSON.stringify({ ...others, ...cost })}\n`)
  }
}
const of = (others: Others, key: keyof Cost): number =>
  median((costs.get(others) ?? []).map((cost) => cost[key]))
const ratio = (others: Others, key: keyof Cost): number =>
  median(
    (costs.get(others) ?? []).map(
      (cost, round) => cost[key] / (costs.get(TEN)?.[round]?.[key] ?? Number.NaN),
    ),
  )
const named = [
  { others: TEN, name: '10 people' },
  { others: FIFTY, name: '50 people' },
  { others: FIFTY_QUIET, name: `50 people, ${SHOWN} open microphones` },
] as const
printReport({
  name: 'Fifty people, nine on the screen',
  method: `One person's page with the media stack, in a Chromium of its own, in a room on the embedded backend and LiveKit, with ${SHOWN} others, all on the screen, and with 49, of whom ${SHOWN} are. The others are people without a browser (libwebrtc in one process), ${PICTURE.width}×${PICTURE.height}@${PICTURE.frameRate} each, microphones open and silent; in a third kind of room only those on the screen have one. CPU of all processes of that Chromium over ${MEASURE_MS / 1_000} s after ${SETTLE_MS / 1_000} s; ${ROUNDS} rounds in turns, medians; ratios are medians of each round's ratio.`,
  figures: [
    ...named.map(({ others, name }) => ({
      what: `CPU, ${name}`,
      value: of(others, 'cpuPercent'),
      unit: 'percent of a core' as const,
    })),
    { what: 'CPU, 50 to 10', value: ratio(FIFTY, 'cpuPercent'), unit: 'ratio', note: 'to be at most 1.1' },
    { what: 'the same with 9 open microphones', value: ratio(FIFTY_QUIET, 'cpuPercent'), unit: 'ratio' },
    ...named.map(({ others, name }) => ({
      what: `pictures shown, ${name}`,
      value: of(others, 'framesPerSecond'),
      unit: 'per second' as const,
    })),
    ...named.map(({ others, name }) => ({
      what: `memory, ${name}`,
      value: of(others, 'memoryMb'),
      unit: 'MB' as const,
    })),
    { what: 'memory, 50 to 10', value: ratio(FIFTY, 'memoryMb'), unit: 'ratio' },
  ],
})
