import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type Caller, type CallBrowser, launchCallBrowser } from '../../test/media/callBrowser.ts'
import type { Traffic } from '../../test/media/page/callPage.ts'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'
import { measureUsage } from './browserUsage.ts'
import { type Figure, median, printReport } from './report.ts'
import { writeNoisyCameraFile } from './writeNoisyCameraFile.ts'

const NAMES = ['Ada', 'Ben', 'Chloe'] as const
/** What the app asks a camera of an ordinary computer for. */
const PICTURE = { width: 640, height: 480, frameRate: 24 } as const
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
/** Bandwidth estimation, and the encoders, have settled by then: pictures come back in steps after a phase. */
const SETTLE_MS = 12_000
const MEASURE_MS = 12_000

/** What a call costs while it is in one phase. CPU in percent of a core; the rest for one person. */
interface PhaseUsage {
  readonly cpuPercent: number
  readonly sentKbps: number
  readonly receivedKbps: number
  readonly framesPerSecond: number
  /** Lines of the picture that arrives, in the median of all. */
  readonly lines: number
}

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs))

async function meet(backend: TestBackend, browser: CallBrowser, count: number): Promise<readonly Caller[]> {
  const { url, publishableKey } = backend
  const people: Caller[] = []
  let roomId: string | null = null
  for (const name of NAMES.slice(0, count)) {
    const person = await browser.open(name, 'all', PICTURE, {
      backend: { url, publishableKey },
      toneHz: 500 + 400 * people.length,
      followsTimer: true,
    })
    await person.run((page) => page.prepare({ camera: true, microphone: true }).then(() => undefined))
    roomId ??= await person.run((page) => page.createRoom())
    await person.page.evaluate((id) => window.callPage.join(id), roomId)
    people.push(person)
  }
  for (const person of people) {
    await person.page.waitForFunction(
      (others) => {
        const counts = Object.values(window.callPage.frames())
        return counts.length === others && counts.every((frames) => frames > 5)
      },
      count - 1,
      { timeout: 60_000 },
    )
  }
  return people
}

async function enterPhase(people: readonly Caller[], isFocus: boolean): Promise<void> {
  const [first] = people
  if (first === undefined) return
  if (!isFocus) await first.run((page) => (page.phase() === null ? undefined : page.stopTimer()))
  else if (!(await first.run((page) => page.startFocus()))) throw new Error('the timer did not start')
  for (const person of people) {
    await person.page.waitForFunction((phase) => window.callPage.phase() === phase, isFocus ? 'focus' : null)
    // A phase that has ended leaves a microphone as it is: people open theirs themselves.
    if (!isFocus) await person.run((page) => page.setMuted(false))
  }
}

async function measure(browser: CallBrowser, people: readonly Caller[]): Promise<PhaseUsage> {
  const read = () =>
    Promise.all(
      people.map((person) =>
        person.page.evaluate(async () => ({
          traffic: await window.callPage.traffic(),
          frames: Object.values(window.callPage.frames()).reduce((sum, frames) => sum + frames, 0),
          lines: Object.values(window.callPage.frameHeights()),
        })),
      ),
    )
  const before = await read()
  const startedAt = performance.now()
  const { cpuPercent } = await measureUsage(
    browser.browser,
    people.map(({ page }) => page),
    MEASURE_MS,
  )
  const seconds = (performance.now() - startedAt) / 1_000
  const after = await read()
  const grown = (pick: (traffic: Traffic) => number): number =>
    after.reduce(
      (sum, { traffic }, index) => sum + pick(traffic) - pick(before[index]?.traffic ?? traffic),
      0,
    )
  const frames = after.reduce((sum, one, index) => sum + one.frames - (before[index]?.frames ?? 0), 0)
  const kbps = (bytes: number): number => (bytes * 8) / 1_000 / seconds / people.length
  return {
    cpuPercent,
    sentKbps: kbps(grown(({ bytesSent }) => bytesSent)),
    receivedKbps: kbps(grown(({ bytesReceived }) => bytesReceived)),
    framesPerSecond: frames / seconds / people.length / (people.length - 1),
    lines: median(after.flatMap(({ lines }) => lines)),
  }
}

/** One call of so many people, in and out of a focus phase by turns. */
async function measureCall(
  count: number,
  cameraFile: string,
): Promise<Record<'focus' | 'none', PhaseUsage[]>> {
  const backend = await startTestBackend({ livekit: 'off' })
  const browser = await launchCallBrowser({ cameraFile })
  const usages: Record<'focus' | 'none', PhaseUsage[]> = { focus: [], none: [] }
  try {
    const people = await meet(backend, browser, count)
    for (let round = 0; round < ROUNDS; round += 1) {
      // In turns, so that a busy moment of the machine does not meet the same side each time.
      for (const side of round % 2 === 0 ? (['none', 'focus'] as const) : (['focus', 'none'] as const)) {
        await enterPhase(people, side === 'focus')
        await pause(SETTLE_MS)
        const usage = await measure(browser, people)
        usages[side].push(usage)
        process.stderr.write(`${count} people, ${side}: ${JSON.stringify(usage)}\n`)
      }
    }
  } finally {
    await browser.close()
    await backend.stop()
  }
  return usages
}

function compare(count: number, { focus, none }: Record<'focus' | 'none', PhaseUsage[]>): readonly Figure[] {
  const of = (usages: readonly PhaseUsage[], key: keyof PhaseUsage) =>
    median(usages.map((usage) => usage[key]))
  const ratio = (key: keyof PhaseUsage) =>
    median(focus.map((usage, round) => usage[key] / (none[round]?.[key] ?? Number.NaN)))
  const pair = (key: keyof PhaseUsage, what: string, unit: Figure['unit']): readonly Figure[] => [
    { what: `${count} people: ${what}, no phase`, value: of(none, key), unit },
    { what: `${count} people: ${what}, in focus`, value: of(focus, key), unit },
    { what: `${count} people: ${what}, in focus to none`, value: ratio(key), unit: 'ratio' },
  ]
  return [
    ...pair('cpuPercent', 'CPU of the browser', 'percent of a core'),
    ...pair('sentKbps', 'sent by each', 'kbit/s'),
    ...pair('receivedKbps', 'received by each', 'kbit/s'),
    ...pair('framesPerSecond', 'frames of one picture', 'per second'),
    { what: `${count} people: lines of a picture, no phase`, value: of(none, 'lines'), unit: 'count' },
    { what: `${count} people: lines of a picture, in focus`, value: of(focus, 'lines'), unit: 'count' },
  ]
}

const folder = await mkdtemp(join(tmpdir(), 'studyhall-camera-'))
const cameraFile = join(folder, 'camera.y4m')
await writeNoisyCameraFile(cameraFile, PICTURE)
const figures: Figure[] = []
for (const count of [2, 3]) figures.push(...compare(count, await measureCall(count, cameraFile)))
await rm(folder, { recursive: true, force: true })
printReport({
  name: 'A call in a focus phase against the same call without one',
  method: `Two and three people in one Chromium with the app's media stack, a mesh and the embedded backend, whose timer starts and ends the phase; ${PICTURE.width}×${PICTURE.height}@${PICTURE.frameRate} from a noisy camera file, a tone for a voice, all pictures shown; the timer's defaults: microphones close, pictures become small and slow. By turns in one call, ${ROUNDS} rounds of ${MEASURE_MS / 1_000} s after ${SETTLE_MS / 1_000} s; CPU of all processes of the browser, bytes by getStats (transport); medians, and medians of each round's ratio.`,
  figures,
})
