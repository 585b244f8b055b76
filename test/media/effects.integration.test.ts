import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Portrait } from '../../tools/screens/portrait.ts'
import { writeCameraFile } from '../../tools/screens/writeCameraFile.ts'
import { findChromium } from '../../tools/setup/ensureChromium.mjs'
import { servePage, type ServedPage } from '../support/servePage.ts'
import { chromiumFlags } from './callBrowser.ts'

const portrait: Portrait = {
  wall: '#c9b79a',
  glow: '#f2e3c4',
  skin: '#c98f68',
  hair: '#2d2119',
  shirt: '#2f5d6b',
  hairStyle: 'short',
  hasGlasses: true,
}
/** The books behind the person, and their eyes. */
const books = { left: 40, top: 95, width: 150, height: 45 }
const eyes = { left: 262, top: 226, width: 116, height: 56 }

let served: ServedPage
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-camera-'))
  const camera = join(folder, 'camera.y4m')
  const executablePath = findChromium() ?? ''
  const painter = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  await writeCameraFile(painter, portrait, camera)
  await painter.close()
  served = await servePage(fileURLToPath(new URL('./page/effectsPage.ts', import.meta.url)))
  browser = await chromium.launch({
    executablePath,
    args: [
      ...chromiumFlags,
      `--use-file-for-fake-video-capture=${camera}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
})

afterAll(async () => {
  await browser.close()
  await served.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(): Promise<Page> {
  const page = await browser.newPage()
  page.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`))
  await page.goto(served.url)
  await page.waitForFunction(() => 'effectsPage' in window)
  return page
}

const detail = async (page: Page, region: typeof books): Promise<number> =>
  (await page.evaluate((asked) => window.effectsPage.detail(asked), region)) ?? Number.NaN

const loudness = (page: Page): Promise<number> => page.evaluate(() => window.effectsPage.loudness())

/** For what is measured in the page, since `waitForFunction` takes a promise for a yes. */
const waiting = { timeout: 20_000, interval: 100 }

const untilBackground = async (page: Page, state: string): Promise<void> => {
  await page.waitForFunction((wanted) => window.effectsPage.backgroundState() === wanted, state, {
    timeout: 30_000,
  })
}

test('a blurred background hides the room, not the person, and nothing of the room gets out before', async () => {
  const page = await open()
  await page.evaluate(() => window.effectsPage.openCamera())
  const [plainBooks, plainEyes] = [await detail(page, books), await detail(page, eyes)]
  await page.evaluate(() => window.effectsPage.chooseBackground('blur'))
  await untilBackground(page, 'on')
  expect(await page.evaluate(() => window.effectsPage.handedOn())).toEqual(['camera', 'nothing', 'made'])
  expect(await detail(page, books)).toBeLessThan(plainBooks / 4)
  expect(await detail(page, eyes)).toBeGreaterThan(plainEyes * 0.6)

  // The machine is busy: the person is blurred as well, and comes back.
  await page.evaluate(() => window.effectsPage.relieve('simple'))
  await untilBackground(page, 'simplified')
  await vi.waitFor(async () => expect(await detail(page, eyes)).toBeLessThan(plainEyes * 0.4), waiting)
  expect(await detail(page, books)).toBeLessThan(plainBooks / 4)
  // Busier still: the room stays hidden, and next to nothing is done for it.
  await page.evaluate(() => window.effectsPage.relieve('least'))
  await untilBackground(page, 'resting')
  expect(await page.evaluate(() => window.effectsPage.countFrames(2_000))).toBeLessThanOrEqual(6)
  expect(await detail(page, books)).toBeLessThan(plainBooks / 4)
  await page.evaluate(() => window.effectsPage.relieve('none'))
  await vi.waitFor(async () => expect(await detail(page, eyes)).toBeGreaterThan(plainEyes * 0.6), waiting)

  await page.evaluate(() => window.effectsPage.chooseBackground('bookshelf'))
  expect(await page.evaluate(() => window.effectsPage.backgroundState())).toBe('on')
  await page.evaluate(() => window.effectsPage.chooseBackground('none'))
  expect(await detail(page, books)).toBeGreaterThan(plainBooks * 0.8)
  await page.close()
})

test('a background that was chosen before the camera runs is there from the first picture', async () => {
  const page = await open()
  await page.evaluate(() => window.effectsPage.chooseBackground('evening'))
  await page.evaluate(() => window.effectsPage.openCamera())
  await untilBackground(page, 'on')
  expect(await page.evaluate(() => window.effectsPage.handedOn())).not.toContain('camera')
  await page.close()
})

test('one’s own picture is kept small and without where it was taken, and hides the room', async () => {
  const page = await open()
  expect(await page.evaluate(() => window.effectsPage.keepPhoto())).toEqual({
    type: 'image/webp',
    width: 1080,
    height: 720,
    tellsPlace: false,
  })
  const colour = () => page.evaluate(() => window.effectsPage.cornerColour())
  await page.evaluate(() => window.effectsPage.openCamera())
  const [plainBooks, [plainRed]] = [await detail(page, books), await colour()]
  await page.evaluate(() => window.effectsPage.chooseBackground('picture'))
  await untilBackground(page, 'on')
  const [red, green] = await colour()
  expect(red - green).toBeGreaterThan(120)
  expect(red).not.toBe(plainRed)
  expect(await detail(page, books)).toBeLessThan(plainBooks / 4)
  expect(await page.evaluate(() => window.effectsPage.handedOn())).toEqual(['camera', 'nothing', 'made'])

  // It is there for the next start, and removed from there as well.
  expect(await page.evaluate(() => window.effectsPage.hasPicture())).toBe(true)
  expect(await page.evaluate(() => window.effectsPage.removePicture())).toBe(true)
  expect(await page.evaluate(() => window.effectsPage.hasPicture())).toBe(false)
  await page.close()
})

test('where one’s own picture is gone the room is blurred, and that is said', async () => {
  const page = await open()
  await page.evaluate(() => window.effectsPage.openCamera())
  const plainBooks = await detail(page, books)
  await page.evaluate(() => window.effectsPage.chooseBackground('picture'))
  await untilBackground(page, 'withoutPicture')
  expect(await detail(page, books)).toBeLessThan(plainBooks / 4)
  await page.evaluate(() => window.effectsPage.chooseBackground('blur'))
  await untilBackground(page, 'on')
  await page.close()
})

test('what is no picture is not taken, and one that is broken is told apart', async () => {
  const page = await open()
  const keep = (bytes: readonly number[]) =>
    page.evaluate((given) => window.effectsPage.keepBytes(given), bytes)
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
  expect(await keep([1, 2, 3])).toBe('notAPicture')
  expect(await keep([...png, 0, 0, 0, 9, 0, 0, 0, 9, 8, 6, 0, 0, 0])).toBe('unreadable')
  expect(await keep([...png, 0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 6, 0, 0, 0])).toBe('tooLarge')
  expect(await page.evaluate(() => window.effectsPage.hasPicture())).toBe(false)
  await page.close()
})

test('without its model nothing of the camera is sent', async () => {
  const page = await open()
  await page.route('**/*.tflite', (route) => route.abort())
  await page.evaluate(() => window.effectsPage.chooseBackground('blur'))
  await page.evaluate(() => window.effectsPage.openCamera())
  await untilBackground(page, 'unavailable')
  expect(await page.evaluate(() => window.effectsPage.handedOn())).not.toContain('camera')
  expect(await page.evaluate(() => window.effectsPage.handedOn().at(-1))).toBe('nothing')
  await page.close()
})

test(
  'strong suppression takes a steady hiss away, and a muted microphone is silent behind it',
  { timeout: 120_000 },
  async () => {
    const page = await open()
    await page.evaluate(() => window.effectsPage.openHiss())
    const before = await page.evaluate(() => window.effectsPage.loudness())
    await page.evaluate(() => window.effectsPage.chooseNoise('strong'))
    await page.waitForFunction(() => window.effectsPage.noiseState() === 'on', undefined, { timeout: 30_000 })
    // RNNoise gets to know the noise from the sound that it has been given: on a busy machine, which drops some, that takes longer.
    await vi.waitFor(async () => expect(await loudness(page)).toBeLessThan(before - 6), {
      ...waiting,
      timeout: 45_000,
    })
    await page.evaluate(() => window.effectsPage.setMicrophoneEnabled(false))
    await vi.waitFor(async () => expect(await loudness(page)).toBeLessThan(-80), waiting)
    await page.evaluate(() => window.effectsPage.setMicrophoneEnabled(true))
    await page.evaluate(() => window.effectsPage.chooseNoise('standard'))
    expect(await page.evaluate(() => window.effectsPage.noiseState())).toBe('off')
    expect(await page.evaluate(() => window.effectsPage.loudness())).toBeGreaterThan(before - 6)
    await page.close()
  },
)
