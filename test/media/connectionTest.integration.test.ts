import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConnectionTestState } from '../../src/renderer/controllers/contracts.ts'
import { signUp } from '../../supabase/tests/support/person.ts'
import { findChromium } from '../../tools/setup/ensureChromium.mjs'
import { startTestBackend, type TestBackend } from '../support/backend.ts'
import { bundlePage } from '../support/bundlePage.ts'
import { listenOnFreePort } from '../support/listenOnFreePort.ts'
import { chromiumFlags } from './callBrowser.ts'

let backend: TestBackend
let browser: Browser
let pages: Server
let pageUrl: string

beforeAll(async () => {
  const script = await bundlePage(fileURLToPath(new URL('./page/connectionTestPage.ts', import.meta.url)))
  // An origin of its own, so that the test asks across origins as the app does.
  pages = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><script>${script}</script>`)
  })
  pageUrl = await listenOnFreePort(pages)
  backend = await startTestBackend()
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] })
})

afterAll(async () => {
  await browser.close()
  pages.close()
  await backend.stop()
})

/** A line of so many bits per second, by the browser itself; null: as fast as this machine. */
async function openPage(line: { readonly downBps: number; readonly upBps: number } | null): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(pageUrl)
  if (line === null) return page
  const debug = await page.context().newCDPSession(page)
  await debug.send('Network.enable')
  await debug.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: line.downBps / 8,
    uploadThroughput: line.upBps / 8,
  })
  return page
}

async function measure(
  line: { readonly downBps: number; readonly upBps: number } | null,
  url = backend.url,
): Promise<ConnectionTestState> {
  const person = await signUp(backend, 'Ada')
  const page = await openPage(line)
  try {
    return await page.evaluate((options) => window.testConnection(options), {
      url,
      publishableKey: backend.publishableKey,
      token: person.token,
    })
  } finally {
    await page.close()
  }
}

test('this machine is fast enough for anything', async () => {
  const state = await measure(null)
  expect(state).toMatchObject({ kind: 'done', verdict: { quality: '720p', reason: 'recommended' } })
})

test.each([
  [{ downBps: 12_000_000, upBps: 2_000_000 }, '480p', 'slowUpload'],
  [{ downBps: 2_000_000, upBps: 8_000_000 }, '360p', 'slowDownload'],
  [{ downBps: 4_000_000, upBps: 200_000 }, 'audioOnly', 'slowUpload'],
] as const)('a line of %j is found to be what it is', async (line, quality, reason) => {
  const state = await measure(line)
  expect(state).toMatchObject({ kind: 'done', verdict: { quality, reason } })
  if (state.kind !== 'done') return
  const { downloadBps, uploadBps } = state.readings
  expect((downloadBps ?? 0) / line.downBps).toBeGreaterThan(0.5)
  expect((downloadBps ?? 0) / line.downBps).toBeLessThan(1.5)
  expect((uploadBps ?? 0) / line.upBps).toBeGreaterThan(0.5)
  expect((uploadBps ?? 0) / line.upBps).toBeLessThan(1.5)
})

test('a backend that is not there is told as that', async () => {
  const state = await measure(null, 'http://127.0.0.1:9')
  expect(state).toEqual({ kind: 'failed', failure: 'unreachable' })
})

test('testing again and again is refused in time, and told as that', async () => {
  const person = await signUp(backend, 'Ben')
  const page = await openPage(null)
  const options = { url: backend.url, publishableKey: backend.publishableKey, token: person.token }
  const ask = () => page.evaluate((asked) => window.testConnection(asked), options)
  let state = await ask()
  // Twenty transfers in five minutes, three a test.
  for (let count = 1; state.kind === 'done' && count < 10; count += 1) state = await ask()
  expect(state).toEqual({ kind: 'failed', failure: 'rate_limited' })
  await page.close()
})
