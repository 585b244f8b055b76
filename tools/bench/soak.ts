import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { launchCallBrowser } from '../../test/media/callBrowser.ts'
import { measureUsage } from './browserUsage.ts'
import { median, printReport } from './report.ts'

const PEOPLE = ['Ada', 'Ben', 'Chloe', 'Dan'] as const
const PICTURE = { width: 160, height: 120, frameRate: 10 } as const
const MINUTES = Number(process.env['BENCH_SOAK_MINUTES'] ?? 60)
/** Caches are full and the bandwidth is known by then. */
const SETTLE_MINUTES = Math.min(5, MINUTES / 4)
const LOOK_MS = 10_000
const PAUSE_MS = 50_000
/** How many looks at the beginning and at the end are put together. */
const LOOKS = 5

interface Look {
  readonly atMinutes: number
  readonly heapMb: number
  readonly memoryMb: number
}

/** Told to end, it tells what it has seen so far. */
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

async function pause(durationMs: number): Promise<void> {
  await sleep(durationMs, undefined, { signal: stopping.signal }).catch(() => undefined)
}

const call = await launchCallBrowser()
const looks: Look[] = []
let standstills = 0
let ranMinutes = 0
try {
  const people = []
  for (const name of PEOPLE) {
    const person = await call.open(name, 'all', PICTURE)
    await person.run((page) => page.prepare({ camera: true, microphone: true }).then(() => undefined))
    await person.run((page) => page.join())
    people.push(person)
  }
  const startedAtMs = performance.now()
  const minutes = (): number => (performance.now() - startedAtMs) / 60_000
  await pause(SETTLE_MINUTES * 60_000)
  for (let before = ''; minutes() < MINUTES && !stopping.signal.aborted;) {
    const pages = people.map((person) => person.page)
    const { heapMb, memoryMb } = await measureUsage(call.browser, pages, LOOK_MS)
    looks.push({ atMinutes: minutes(), heapMb, memoryMb })
    const frames = JSON.stringify(
      await Promise.all(people.map((person) => person.run((page) => page.frames()))),
    )
    if (frames === before) standstills += 1
    before = frames
    process.stderr.write(`${JSON.stringify(looks.at(-1))}\n`)
    ranMinutes = minutes()
    await pause(PAUSE_MS)
  }
} finally {
  await call.close()
}

const compare = (key: 'heapMb' | 'memoryMb'): readonly [number, number] => [
  median(looks.slice(0, LOOKS).map((look) => look[key])),
  median(looks.slice(-LOOKS).map((look) => look[key])),
]
const [heapBefore, heapAfter] = compare('heapMb')
const [memoryBefore, memoryAfter] = compare('memoryMb')
printReport({
  name: 'A long call',
  method: `Four people in one Chromium, the media stack alone, ${PICTURE.width}×${PICTURE.height}@${PICTURE.frameRate}, for ${Math.round(ranMinutes)} of ${MINUTES} minutes; each minute the JavaScript heap of the four pages after a collection, and the proportional memory of all processes; medians of the first ${LOOKS} looks, from minute ${SETTLE_MINUTES} on, and of the last ${LOOKS}.`,
  figures: [
    { what: 'JavaScript heap at the beginning', value: heapBefore, unit: 'MB' },
    { what: 'JavaScript heap at the end', value: heapAfter, unit: 'MB' },
    { what: 'end to beginning', value: heapAfter / heapBefore, unit: 'ratio', note: 'to be at most 1.1' },
    { what: 'memory at the beginning', value: memoryBefore, unit: 'MB' },
    { what: 'memory at the end', value: memoryAfter, unit: 'MB' },
    { what: 'end to beginning', value: memoryAfter / memoryBefore, unit: 'ratio', note: 'to be at most 1.1' },
    { what: 'minutes in which no picture moved', value: standstills, unit: 'count' },
  ],
})
