// `npm run icons`: draws packaging/icons/icon.svg in every size that the three systems ask for.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ensureChromium } from '../setup/ensureChromium.mjs'
import { packIcns, packIco, type IconPicture } from './packIcons.ts'

const folder = join(import.meta.dirname, '..', '..', 'packaging', 'icons')
const linuxSizesPx = [16, 24, 32, 48, 64, 128, 256, 512]
const windowsSizesPx = [16, 24, 32, 48, 64, 128, 256]
const macSizesPx = [16, 32, 64, 128, 256, 512, 1024]

/** The drawing's margin is macOS's; elsewhere icons fill their square. */
const insetRatio = 96 / 1024

async function drawAll(): Promise<void> {
  const svg = await readFile(join(folder, 'icon.svg'), 'utf8')
  const browser = await chromium.launch({
    executablePath: await ensureChromium(() => undefined),
    args: ['--no-sandbox'],
  })
  try {
    const page = await browser.newPage()
    const draw = async (sizePx: number, isCropped: boolean): Promise<IconPicture> => {
      const inset = isCropped ? 1024 * insetRatio : 0
      const box = `${inset} ${inset} ${1024 - 2 * inset} ${1024 - 2 * inset}`
      const image = svg.replace(
        'viewBox="0 0 1024 1024"',
        `viewBox="${box}" width="${sizePx}" height="${sizePx}"`,
      )
      await page.setViewportSize({ width: sizePx, height: sizePx })
      await page.setContent(`<style>body{margin:0}svg{display:block}</style>${image}`)
      return { sizePx, png: await page.screenshot({ omitBackground: true }) }
    }
    const drawEach = async (sizesPx: readonly number[], isCropped: boolean): Promise<IconPicture[]> => {
      const pictures: IconPicture[] = []
      for (const sizePx of sizesPx) pictures.push(await draw(sizePx, isCropped))
      return pictures
    }
    await mkdir(join(folder, 'linux'), { recursive: true })
    for (const { sizePx, png } of await drawEach(linuxSizesPx, true))
      await writeFile(join(folder, 'linux', `${sizePx}x${sizePx}.png`), png)
    await writeFile(join(folder, 'icon.ico'), packIco(await drawEach(windowsSizesPx, true)))
    await writeFile(join(folder, 'icon.icns'), packIcns(await drawEach(macSizesPx, false)))
  } finally {
    await browser.close()
  }
}

await drawAll()
