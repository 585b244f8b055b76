import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { launchStudyhall } from '../../test/e2e/helpers/launchStudyhall.ts'
import { expectPicture } from '../../test/e2e/helpers/media.ts'
import { findChromium } from '../setup/ensureChromium.mjs'
import type { Portrait } from './portrait.ts'
import { writeCameraFile } from './writeCameraFile.ts'

const FOLDER = 'docs/screens'
const VIEWPORT = { width: 1100, height: 740 }

const portraits: Readonly<Record<'Ada' | 'Ben' | 'Chloe' | 'Dai', Portrait>> = {
  Ada: {
    wall: '#5b6b62',
    glow: '#f0d9a8',
    skin: '#e8b896',
    hair: '#5a3522',
    shirt: '#2f6b55',
    hairStyle: 'bun',
    hasGlasses: false,
  },
  Ben: {
    wall: '#4d5a6b',
    glow: '#d8dfe6',
    skin: '#8a5a3c',
    hair: '#1d1614',
    shirt: '#c98a4b',
    hairStyle: 'curly',
    hasGlasses: true,
  },
  Chloe: {
    wall: '#7a5f52',
    glow: '#f4d3b0',
    skin: '#f1c9a8',
    hair: '#a8662f',
    shirt: '#51607a',
    hairStyle: 'long',
    hasGlasses: false,
  },
  Dai: {
    wall: '#3f4a46',
    glow: '#e6cf9c',
    skin: '#dca67c',
    hair: '#191818',
    shirt: '#8a4a44',
    hairStyle: 'short',
    hasGlasses: true,
  },
}

/** Rooms that others have opened, so that the lobby shows what a lobby is. */
const rooms = [
  { host: 'Ben', name: 'Med school finals', tags: 'medicine' },
  { host: 'Chloe', name: 'Linear algebra', tags: 'maths, quiet' },
  { host: 'Dai', name: 'Deep work, cameras on', tags: 'quiet' },
] as const

/** Takes each screen in both themes. */
async function shoot(
  page: Page,
  name: string,
  themes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<void> {
  await page.mouse.move(0, 0)
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}.png`, animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Long words, and a page from right to left: what other languages ask most of a screen. */
async function shootInOthers(page: Page, name: string): Promise<void> {
  for (const language of ['de', 'ar']) {
    await choose(page, language)
    await shoot(page, `${name}-${language}`, ['light'])
  }
  await choose(page, 'en')
}

/** Chooses a language in the settings, whatever language they speak. */
async function choose(page: Page, language: string): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('tab').nth(3).click()
  await page.locator('select', { has: page.locator('option[value="ar"]') }).selectOption(language)
  await page.keyboard.press('Escape')
  await page.locator(`html[lang="${language}"]`).waitFor()
}

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  const cameraFolder = await mkdtemp(join(tmpdir(), 'studyhall-cameras-'))
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  for (const [name, portrait] of Object.entries(portraits)) {
    await writeCameraFile(browser, portrait, join(cameraFolder, `${name}.y4m`))
  }
  await browser.close()

  await using studyhall = await launchStudyhall()
  const open = async (name: keyof typeof portraits) => {
    const switches = [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${join(cameraFolder, `${name}.y4m`)}`,
    ]
    const person = await studyhall.open(name, {
      switches,
      // Whether this machine is busy is not to show.
      environment: { STUDYHALL_MACHINE_READINGS: 'off' },
    })
    await person.page.setViewportSize(VIEWPORT)
    return person
  }

  const ada = await open('Ada')
  await ada.page.getByRole('textbox', { name: 'Your name' }).waitFor()
  await shoot(ada.page, 'welcome')
  await ada.introduce()
  await ada.page.getByText('No rooms are open').waitFor()
  await shoot(ada.page, 'lobby-empty')

  const others = new Map<string, Awaited<ReturnType<typeof open>>>()
  for (const { host, name, tags } of rooms) {
    const person = await open(host)
    others.set(host, person)
    await person.introduce()
    await person.createRoom({ name, tags })
    await person.joinNow(name)
  }
  await ada.page.getByRole('button', { name: 'New room' }).first().click()
  await ada.page.getByRole('textbox', { name: 'Room name' }).fill('Thesis hour')
  await ada.page.getByRole('textbox', { name: 'Tags' }).fill('writing, quiet')
  await shoot(ada.page, 'new-room')
  await ada.page.keyboard.press('Escape')
  await ada.lobbyEntry('Linear algebra').waitFor()
  await shoot(ada.page, 'lobby')
  await shootInOthers(ada.page, 'lobby')
  await ada.page.keyboard.press('Control+,')
  // It opens where it was left: at the language.
  await ada.page.getByRole('tab', { name: 'Devices' }).click()
  await ada.page.getByRole('button', { name: 'Try the camera' }).click()
  await ada.page.getByRole('dialog').locator('video').waitFor()
  await shoot(ada.page, 'settings')
  await ada.page.keyboard.press('Escape')

  await ada.createRoom({ name: 'Thesis hour', tags: 'writing, quiet' })
  await ada.page.locator('video').first().waitFor()
  await shoot(ada.page, 'before-joining')
  await ada.joinNow('Thesis hour')
  await shoot(ada.page, 'room-alone')
  for (const [name, person] of others) {
    await person.leave()
    await person.openRoom('Thesis hour')
    await person.joinNow('Thesis hour')
    // Four apps on one machine may need longer than a check is given here.
    await ada.tileOf(name).locator('video').waitFor()
    await expectPicture(ada.tileOf(name))
  }
  await others.get('Dai')?.page.getByRole('button', { name: 'Turn camera off' }).click()
  await others.get('Chloe')?.page.getByRole('button', { name: 'Mute', exact: true }).click()
  await ada.tileOf('Dai').locator('video').waitFor({ state: 'hidden' })
  await shoot(ada.page, 'room')
  await shootInOthers(ada.page, 'room')
  await rm(cameraFolder, { recursive: true, force: true })
}

await main()
