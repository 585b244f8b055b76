import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IceServer } from '../../src/shared/api/rooms.ts'
import { findChromium } from '../../tools/setup/ensureChromium.mjs'
import { servePage, type ServedPage } from '../support/servePage.ts'
import { hasTurnServer, startTurnServer } from '../support/turnServer.ts'
import { chromiumFlags } from './callBrowser.ts'

/** What the page before joining gives it. */
const TIME_MS = 3_000

if (!hasTurnServer) console.log('Skipped: coturn is not installed, so no relay can be measured.')

describe.skipIf(!hasTurnServer)('the test of the way through a relay, with coturn', () => {
  let served: ServedPage
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    served = await servePage(fileURLToPath(new URL('./page/relayPage.ts', import.meta.url)))
    browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] })
    page = await browser.newPage()
    await page.goto(served.url)
  })

  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  const measure = (options: Parameters<Window['testRelay']>[0]) =>
    page.evaluate((asked) => window.testRelay(asked), options)

  /** Fails where the way through was not found. */
  const measureWorking = async (iceServer: IceServer) => {
    const reading = await measure({ iceServers: [iceServer], timeMs: TIME_MS })
    if (reading === 'given up' || reading.kind !== 'works') throw new Error(JSON.stringify(reading))
    return reading
  }

  test('one on this machine loses next to nothing and answers at once', async () => {
    await using turn = await startTurnServer()
    const { lossRatio, roundTripMs } = await measureWorking(turn.iceServer)
    expect(lossRatio).toBeLessThan(0.05)
    expect(roundTripMs).toBeGreaterThan(0)
    expect(roundTripMs).toBeLessThan(100)
  })

  test('one that lets a third of a call through is found to lose packets', async () => {
    await using turn = await startTurnServer({ maxBytesPerSecond: 40_000 })
    const { lossRatio } = await measureWorking(turn.iceServer)
    expect(lossRatio).toBeGreaterThan(0.1)
  })

  test('credentials that it does not know lead nowhere', async () => {
    await using turn = await startTurnServer()
    const iceServers = [{ ...turn.iceServer, credential: 'another' }]
    expect(await measure({ iceServers, timeMs: TIME_MS })).toEqual({ kind: 'blocked' })
  })

  test('a relay that is gone is said to be blocked within the time', async () => {
    const turn = await startTurnServer()
    await turn[Symbol.asyncDispose]()
    const reading = await measure({ iceServers: [turn.iceServer], timeMs: TIME_MS })
    expect(reading).toEqual({ kind: 'blocked' })
  })

  test('it can be given up while it runs', async () => {
    await using turn = await startTurnServer()
    const reading = await measure({ iceServers: [turn.iceServer], timeMs: 60_000, giveUpAfterMs: 500 })
    expect(reading).toBe('given up')
  })
})
