import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build, preview, type PreviewServer } from 'vite'
import { findChromium } from '../../tools/setup/ensureChromium.mjs'
import { findCutControls } from './findCutControls.ts'

const configFile = fileURLToPath(new URL('../../src/renderer/gallery/vite.config.ts', import.meta.url))
/** At once: most of a screen's time is waiting until nothing more of it is fetched. */
const PAGES_COUNT = 4
const WINDOW = { width: 1_100, height: 740 }

type AxeViolations = readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
/** As much of axe as is asked in the page itself. */
interface Axe {
  run(options: object): Promise<{ readonly violations: AxeViolations }>
}

let folder: string
let server: PreviewServer
let browser: Browser
let context: BrowserContext
let address: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-gallery-'))
  const options = { configFile, logLevel: 'error', build: { outDir: folder } } as const
  await build(options)
  server = await preview({ ...options, preview: { port: 0 } })
  address = `${server.resolvedUrls?.local[0] ?? ''}gallery.html`
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  context = await browser.newContext({ viewport: WINDOW })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

/** What a screen does wrong in both themes, by axe's names and the elements. */
async function findViolations(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // What is right is not listed, which halves the time.
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  // A theme changes colours alone. By the axe that is in the page since then: the builder would bring it again.
  const inDark = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { readonly axe: Axe }
    return (await axe.run({ runOnly: ['color-contrast'], resultTypes: ['violations'] })).violations
  })
  const tell = (theme: string, found: AxeViolations) =>
    found.map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  return [...tell('light', violations), ...tell('dark', inDark)]
}

/** Whether anything stands beyond the side of a window that is shown at twice its size, or where nobody can scroll to it. */
async function findOverflow(page: Page): Promise<readonly string[]> {
  await page.setViewportSize({ width: WINDOW.width / 2, height: WINDOW.height / 2 })
  const widthPx = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        // What measures itself has done so by then.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => resolve(document.documentElement.scrollWidth)),
        )
      }),
  )
  const cut = await page.evaluate(findCutControls)
  await page.setViewportSize(WINDOW)
  return [
    ...(widthPx > WINDOW.width / 2 ? [`at 200 %: ${widthPx} px wide`] : []),
    ...cut.map((control) => `at 200 % cut: ${control}`),
  ]
}

test(
  'every state that the gallery shows is clean by axe in both themes, and has room at 200 %',
  { timeout: 600_000 },
  async () => {
    const index = await context.newPage()
    await index.goto(address, { waitUntil: 'networkidle' })
    const names = await index
      .locator('li')
      .evaluateAll((entries) => entries.map((entry) => entry.querySelector('a')?.textContent ?? ''))
    expect(names.length).toBeGreaterThan(100)

    const wrong: Record<string, readonly string[]> = {}
    const left = [...names]
    const lookThrough = async (): Promise<void> => {
      const page = await context.newPage()
      for (let name = left.pop(); name !== undefined; name = left.pop()) {
        // The name as a query, too: another page each time, and not a place on the same one.
        await page.goto(`${address}?${name}#${name}`, { waitUntil: 'networkidle' })
        // What shows nothing does nothing wrong.
        await page.locator('#root > *').first().waitFor()
        const found = [...(await findViolations(page)), ...(await findOverflow(page))]
        if (found.length > 0) wrong[name] = found
      }
    }
    await Promise.all(Array.from({ length: PAGES_COUNT }, lookThrough))
    expect(wrong).toEqual({})
  },
)
