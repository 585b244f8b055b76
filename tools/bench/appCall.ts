import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Page } from 'playwright-core'
import { launchApp } from '../../test/e2e/helpers/launchApp.ts'
import type { RunningApp } from '../../test/e2e/helpers/launchApp.ts'
import { expectPicture } from '../../test/e2e/helpers/media.ts'
import { createPerson } from '../../test/e2e/helpers/person.ts'
import { findChromium } from '../setup/ensureChromium.mjs'
import { openBareMesh } from './bareMesh/openBareMesh.ts'
import { readProcessUsage } from './processUsage.ts'
import { median, printReport } from './report.ts'
import { writeNoisyCameraFile } from './writeNoisyCameraFile.ts'

const PEOPLE = ['Ada', 'Ben', 'Chloe', 'Dai'] as const
const PICTURE = { width: 320, height: 240, frameRate: 15 } as const
/** Of each page, on both sides. */
const WINDOW = { width: 1100, height: 740 } as const
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
/** Bandwidth estimation has settled by then. */
const SETTLE_MS = 10_000
const MEASURE_MS = 15_000

/** CPU in percent of one core and memory in MB, of the browsers and of everything else. */
interface CallUsage {
  readonly browserCpuPercent: number
  readonly otherCpuPercent: number
  readonly browserMemoryMb: number
  readonly otherMemoryMb: number
  /** Shown of one remote picture, on average: a side that shows less would have it easy. */
  readonly framesPerSecond: number
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/** Frames that the videos of other people have shown so far, over all pages. */
async function countFrames(pages: readonly Page[], remoteVideos: string): Promise<number> {
  const counts = await Promise.all(
    pages.map((page) =>
      page
        .locator(remoteVideos)
        .evaluateAll((videos: HTMLVideoElement[]) =>
          videos.reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0),
        ),
    ),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

async function measure(
  rootPids: readonly number[],
  pages: readonly Page[],
  remoteVideos: string,
): Promise<CallUsage> {
  await pause(SETTLE_MS)
  const framesBefore = await countFrames(pages, remoteVideos)
  const before = await readProcessUsage(rootPids)
  const startedAtMs = performance.now()
  await pause(MEASURE_MS)
  const after = await readProcessUsage(rootPids)
  const tookMs = performance.now() - startedAtMs
  const frames = (await countFrames(pages, remoteVideos)) - framesBefore
  const percent = (program: 'browser' | 'other'): number =>
    ((after[program].cpuMs - before[program].cpuMs) / tookMs) * 100
  return {
    framesPerSecond: (frames * 1_000) / tookMs / (PEOPLE.length * (PEOPLE.length - 1)),
    browserCpuPercent: percent('browser'),
    otherCpuPercent: percent('other'),
    browserMemoryMb: after.browser.memoryMb,
    otherMemoryMb: after.other.memoryMb,
  }
}

const cameraSwitches = (cameraFile: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${cameraFile}`,
]

/** Four people, each with an app of their own, meet through the embedded backend. */
async function measureApps(cameraFile: string): Promise<CallUsage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'studyhall-bench-'))
  const apps: RunningApp[] = []
  try {
    const people = []
    for (const name of PEOPLE) {
      const app = await launchApp({
        profile: name.toLowerCase(),
        dataDir,
        args: cameraSwitches(cameraFile),
        // The bare mesh does not make its pictures smaller for a full processor either.
        env: { STUDYHALL_MACHINE_READINGS: 'off' },
      })
      apps.push(app)
      await app.page.setViewportSize(WINDOW)
      const person = createPerson(app.page, name)
      await person.introduce()
      people.push(person)
    }
    for (const [index, person] of people.entries()) {
      if (index === 0) await person.createRoom({ name: 'Bench' })
      else await person.openRoom('Bench')
      await person.joinNow('Bench')
    }
    for (const viewer of people) {
      for (const seen of people.filter((person) => person !== viewer))
        await expectPicture(viewer.tileOf(seen.name))
    }
    return await measure(
      apps.flatMap((app) => app.process.pid ?? []),
      apps.map((app) => app.page),
      '[data-testid="tile"][data-path="mesh"] video',
    )
  } finally {
    for (const app of apps.toReversed()) await app.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The same four, each in a browser of their own, by simple-peer and video elements alone. */
async function measureBare(cameraFile: string): Promise<CallUsage> {
  const servers = await Promise.all(
    PEOPLE.map(() =>
      chromium.launchServer({
        executablePath: findChromium() ?? '',
        args: [
          '--no-sandbox',
          '--disable-quic',
          '--disable-background-networking',
          ...cameraSwitches(cameraFile),
        ],
      }),
    ),
  )
  try {
    const browsers = await Promise.all(servers.map((server) => chromium.connect(server.wsEndpoint())))
    const mesh = await openBareMesh(browsers, PICTURE)
    for (const page of mesh.pages) {
      await page.setViewportSize(WINDOW)
      await page.evaluate(() => window.bareMesh.fillWindow())
    }
    const usage = await measure(
      servers.flatMap((server) => server.process().pid ?? []),
      mesh.pages,
      'video:not([data-own])',
    )
    await mesh.close()
    return usage
  } finally {
    for (const server of servers) await server.close()
  }
}

const folder = await mkdtemp(join(tmpdir(), 'studyhall-camera-'))
const cameraFile = join(folder, 'camera.y4m')
await writeNoisyCameraFile(cameraFile, PICTURE)
const apps: CallUsage[] = []
const bare: CallUsage[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  // In turns, so that a busy moment of the machine does not meet the same side each time.
  for (const side of round % 2 === 0 ? (['apps', 'bare'] as const) : (['bare', 'apps'] as const)) {
    const usage = side === 'apps' ? await measureApps(cameraFile) : await measureBare(cameraFile)
    ;(side === 'apps' ? apps : bare).push(usage)
    process.stderr.write(`${side}: ${JSON.stringify(usage)}\n`)
  }
}
await rm(folder, { recursive: true, force: true })

const of = (side: readonly CallUsage[], key: keyof CallUsage): number =>
  median(side.map((usage) => usage[key]))
const ratio = (key: keyof CallUsage): number =>
  median(apps.map((usage, round) => usage[key] / (bare[round]?.[key] ?? Number.NaN)))
printReport({
  name: 'A call of four: four apps against a bare simple-peer mesh',
  method: `${PICTURE.width}×${PICTURE.height}@${PICTURE.frameRate} from a noisy camera file, one headless Chromium a person on both sides, all four pictures shown in two columns that fill a window of ${WINDOW.width}×${WINDOW.height}; CPU of all processes over ${MEASURE_MS / 1_000} s after ${SETTLE_MS / 1_000} s by /proc; proportional memory; fresh processes in turns, ${ROUNDS} rounds; medians, and medians of each round's ratio. "Beside the browsers" are the four main processes on the Chromium runtime and the one backend with PostgreSQL.`,
  figures: [
    { what: 'CPU of the browsers, apps', value: of(apps, 'browserCpuPercent'), unit: 'percent of a core' },
    { what: 'CPU of the browsers, bare', value: of(bare, 'browserCpuPercent'), unit: 'percent of a core' },
    { what: 'CPU of the browsers, apps to bare', value: ratio('browserCpuPercent'), unit: 'ratio' },
    { what: 'frames of one picture, apps', value: of(apps, 'framesPerSecond'), unit: 'per second' },
    { what: 'frames of one picture, bare', value: of(bare, 'framesPerSecond'), unit: 'per second' },
    { what: 'CPU beside the browsers, apps', value: of(apps, 'otherCpuPercent'), unit: 'percent of a core' },
    { what: 'memory of the browsers, apps', value: of(apps, 'browserMemoryMb'), unit: 'MB' },
    { what: 'memory of the browsers, bare', value: of(bare, 'browserMemoryMb'), unit: 'MB' },
    { what: 'memory of the browsers, apps to bare', value: ratio('browserMemoryMb'), unit: 'ratio' },
    { what: 'memory beside the browsers, apps', value: of(apps, 'otherMemoryMb'), unit: 'MB' },
  ],
})
