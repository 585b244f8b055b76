import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { bundlePage } from '../../../test/support/bundlePage.ts'
import { listenOnFreePort } from '../../../test/support/listenOnFreePort.ts'

/** A mesh of bare simple-peers, to compare ours with. */
export interface BareMesh {
  readonly pages: readonly Page[]
  close(): Promise<void>
}

/**
 * Opens one person for each browser named, which may be the same one several times, each connected to each by simple-peer
 * alone, and resolves when every picture moves in every direction. The browsers need fake devices and a fake permission
 * prompt.
 */
export async function openBareMesh(
  browsers: readonly Browser[],
  picture: { readonly width: number; readonly height: number; readonly frameRate: number },
): Promise<BareMesh> {
  const script = await bundlePage(fileURLToPath(new URL('./bareMeshPage.ts', import.meta.url)))
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? script : '<!doctype html><title>mesh</title><body><script src="/page.js"></script>',
    )
  })
  const url = await listenOnFreePort(server)
  const pages: Page[] = []
  for (const [index, browser] of browsers.entries()) {
    const page = await (await browser.newContext()).newPage()
    await page.exposeFunction('sendSignal', async (to: string, data: unknown) => {
      await pages[Number(to)]?.evaluate(([from, signal]) => window.bareMesh.signal(from, signal), [
        String(index),
        data,
      ] as const)
    })
    await page.goto(url)
    await page.evaluate((wanted) => window.bareMesh.prepare(wanted), picture)
    pages.push(page)
  }
  // Everybody's peers first, so that no signal finds nobody.
  for (const [index, page] of pages.entries()) {
    for (let other = 0; other < index; other += 1) {
      await pages[other]?.evaluate((to) => window.bareMesh.connect(to, false), String(index))
      await page.evaluate((to) => window.bareMesh.connect(to, true), String(other))
    }
  }
  for (const page of pages) {
    await page.waitForFunction(
      (others) => {
        const counts = Object.values(window.bareMesh.frames())
        return counts.length === others && counts.every((frames) => frames > 5)
      },
      browsers.length - 1,
      { timeout: 30_000 },
    )
  }
  return {
    pages,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
