import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumFlags } from '../../test/media/callBrowser.ts'
import type { EffectsPage } from '../../test/media/page/effectsPage.ts'
import { servePage } from '../../test/support/servePage.ts'
import { writeCameraFile } from '../screens/writeCameraFile.ts'
import { findChromium } from '../setup/ensureChromium.mjs'
import { measureUsage } from './browserUsage.ts'
import { type Figure, median, printReport } from './report.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const SETTLE_MS = 3_000
const MEASURE_MS = 8_000

/** What one's own picture or voice goes through; each by itself, in a page of its own. */
const setups: readonly { readonly name: string; readonly begin: (page: Page) => Promise<void> }[] = [
  { name: 'camera as it is', begin: (page) => openCamera(page, 'none') },
  { name: 'camera, blurred background', begin: (page) => openCamera(page, 'blur') },
  {
    name: 'camera, blurred background, machine busy',
    async begin(page) {
      await openCamera(page, 'blur')
      await page.evaluate(() => window.effectsPage.relieve('simple'))
      await untilBackground(page, 'simplified')
    },
  },
  {
    name: 'camera, blurred background, machine very busy',
    async begin(page) {
      await openCamera(page, 'blur')
      await page.evaluate(() => window.effectsPage.relieve('least'))
      await untilBackground(page, 'resting')
    },
  },
  { name: 'camera, drawn background', begin: (page) => openCamera(page, 'evening') },
  { name: 'microphone as it is', begin: (page) => openMicrophone(page, 'standard') },
  { name: 'microphone, strong noise suppression', begin: (page) => openMicrophone(page, 'strong') },
]

async function untilBackground(page: Page, state: ReturnType<EffectsPage['backgroundState']>): Promise<void> {
  await page.waitForFunction((wanted) => window.effectsPage.backgroundState() === wanted, state)
}

async function openCamera(page: Page, background: 'none' | 'blur' | 'evening'): Promise<void> {
  await page.evaluate((choice) => {
    window.effectsPage.chooseBackground(choice)
    return window.effectsPage.openCamera()
  }, background)
  await untilBackground(page, background === 'none' ? 'off' : 'on')
}

async function openMicrophone(page: Page, choice: 'standard' | 'strong'): Promise<void> {
  await page.evaluate((chosen) => {
    window.effectsPage.chooseNoise(chosen)
    window.effectsPage.openHiss()
  }, choice)
  if (choice === 'strong') await page.waitForFunction(() => window.effectsPage.noiseState() === 'on')
}

interface Cost {
  readonly cpuPercent: number
  readonly memoryMb: number
  /** Of one's own picture as it is sent; zero for a microphone. */
  readonly framesPerSecond: number
}

async function measure(browser: Browser, url: string, setup: (typeof setups)[number]): Promise<Cost> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'effectsPage' in window)
  await setup.begin(page)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const hasPicture = setup.name.startsWith('camera')
  const [usage, frames] = await Promise.all([
    measureUsage(browser, [page], MEASURE_MS),
    hasPicture ? page.evaluate((timeMs) => window.effectsPage.countFrames(timeMs), MEASURE_MS) : 0,
  ])
  await page.close()
  return {
    cpuPercent: usage.cpuPercent,
    memoryMb: usage.memoryMb,
    framesPerSecond: (frames * 1_000) / MEASURE_MS,
  }
}

const folder = await mkdtemp(join(tmpdir(), 'studyhall-camera-'))
const camera = join(folder, 'camera.y4m')
const executablePath = findChromium() ?? ''
const painter = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
await writeCameraFile(
  painter,
  {
    wall: '#c9b79a',
    glow: '#f2e3c4',
    skin: '#c98f68',
    hair: '#2d2119',
    shirt: '#2f5d6b',
    hairStyle: 'short',
    hasGlasses: true,
  },
  camera,
)
await painter.close()
const served = await servePage(
  fileURLToPath(new URL('../../test/media/page/effectsPage.ts', import.meta.url)),
)
const costs = new Map<string, Cost[]>()
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    // Backwards every other time, so that a busy moment of the machine does not meet the same one each time.
    for (const setup of round % 2 === 0 ? setups : setups.toReversed()) {
      const browser = await chromium.launch({
        executablePath,
        args: [...chromiumFlags, `--use-file-for-fake-video-capture=${camera}`],
      })
      const cost = await measure(browser, served.url, setup)
      await browser.close()
      process.stderr.write(`${setup.name}: ${JSON.stringify(cost)}\n`)
      costs.set(setup.name, [...(costs.get(setup.name) ?? []), cost])
    }
  }
} finally {
  await served.close()
  await rm(folder, { recursive: true, force: true })
}

const figures: Figure[] = []
for (const { name } of setups) {
  const known = costs.get(name) ?? []
  const of = (key: keyof Cost): number => median(known.map((cost) => cost[key]))
  figures.push({ what: name, value: of('cpuPercent'), unit: 'percent of a core' })
  figures.push({ what: `${name}: memory`, value: of('memoryMb'), unit: 'MB' })
  const framesPerSecond = of('framesPerSecond')
  if (framesPerSecond === 0) continue
  figures.push({ what: `${name}: pictures sent`, value: framesPerSecond, unit: 'per second' })
}
printReport({
  name: 'What is done to one’s own picture and voice',
  method: `One page in a fresh Chromium each time, a painted person 640×480 as the camera, a steady hiss as the microphone, one’s own picture drawn; CPU of all processes of the browser over ${MEASURE_MS / 1_000} s after ${SETTLE_MS / 1_000} s; ${ROUNDS} rounds in turns, medians. No GPU: everything is done by the processor.`,
  figures,
})
