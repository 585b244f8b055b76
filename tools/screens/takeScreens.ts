import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { launchStudyhall } from '../../test/e2e/helpers/launchStudyhall.ts'
import { findChromium } from '../setup/ensureChromium.mjs'
import { portraits } from './portraits.ts'
import { SCREENS_FOLDER, VIEWPORT } from './shoot.ts'
import { takeCallScreens } from './takeCallScreens.ts'
import { takeGalleryScreens } from './takeGalleryScreens.ts'
import { type OpenFor, takeLobbyScreens } from './takeLobbyScreens.ts'
import { writeCameraFile } from './writeCameraFile.ts'
import { writeIndex } from './writeIndex.ts'

async function main(): Promise<void> {
  await mkdir(SCREENS_FOLDER, { recursive: true })
  const cameraFolder = await mkdtemp(join(tmpdir(), 'studyhall-cameras-'))
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  await takeGalleryScreens(browser)
  for (const [name, portrait] of Object.entries(portraits)) {
    await writeCameraFile(browser, portrait, join(cameraFolder, `${name}.y4m`))
  }
  await browser.close()

  await using studyhall = await launchStudyhall()
  const open: OpenFor = async (name) => {
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
  await takeCallScreens(await takeLobbyScreens(open))
  await rm(cameraFolder, { recursive: true, force: true })
  await writeIndex()
}

await main()
