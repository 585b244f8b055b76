import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { randomUUID } from 'node:crypto'
import { bundlePage } from '../support/bundlePage.ts'
import { type Hub, startHub } from './hub.ts'
import type { CallPage } from './page/callPage.ts'

/** Fake devices and no network chatter; see "Testing WebRTC" in the documentation of quality. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
]

export type Devices = 'all' | 'noCamera' | 'noMicrophone' | 'none' | 'denied'

/** One person's page. */
export interface Caller {
  readonly name: string
  readonly page: Page
  readonly context: BrowserContext
  run<T>(action: (page: CallPage) => T | Promise<T>): Promise<T>
  /** Resolves once the condition holds in the page. */
  until(condition: (page: CallPage) => boolean | Promise<boolean>, timeoutMs?: number): Promise<void>
}

export interface CallBrowser {
  readonly hub: Hub
  /** Opens a person's page with the devices that they have. */
  open(name: string, devices?: Devices, profile?: { width: number; height: number; frameRate: number }): Promise<Caller>
  close(): Promise<void>
}

/** A Chromium with the real media stack and a hub in place of the backend. */
export async function launchCallBrowser(): Promise<CallBrowser> {
  const script = await bundlePage(fileURLToPath(new URL('./page/callPage.ts', import.meta.url)))
  const hub = await startHub(script)
  const browsers: Browser[] = []

  async function browserWith(deviceFlag: string): Promise<Browser> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [...chromiumFlags, deviceFlag],
    })
    browsers.push(browser)
    return browser
  }
  let shared: Browser | null = null

  return {
    hub,
    async open(name, devices = 'all', profile) {
      shared ??= await browserWith('--use-fake-device-for-media-stream=device-count=2,fps=24')
      const context = await shared.newContext()
      await context.addInitScript(removeDevices, devices)
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'warning' || message.type() === 'error') {
          process.stderr.write(`${name}: ${message.text()}\n`)
        }
      })
      page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.stack}\n`))
      await page.goto(hub.url)
      await page.evaluate((options) => window.startCallPage(options), {
        userId: randomUUID(),
        displayName: name,
        ...(profile === undefined ? {} : { profile }),
      })
      return createCaller(name, page, context)
    },
    async close() {
      await Promise.all(browsers.map((browser) => browser.close()))
      await hub.close()
    },
  }
}

function createCaller(name: string, page: Page, context: BrowserContext): Caller {
  return {
    name,
    page,
    context,
    run: (action) => page.evaluate(`(${String(action)})(window.callPage)`),
    async until(condition, timeoutMs = 15_000) {
      await page.waitForFunction(`(${String(condition)})(window.callPage)`, undefined, {
        timeout: timeoutMs,
        polling: 50,
      })
    },
  }
}

/** What the browser itself answers when a device is not there or not allowed. */
function removeDevices(devices: Devices): void {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    if (devices === 'denied') throw new DOMException('Permission denied', 'NotAllowedError')
    const wantsMissing =
      (constraints.video && (devices === 'noCamera' || devices === 'none')) ||
      (constraints.audio && (devices === 'noMicrophone' || devices === 'none'))
    if (wantsMissing) throw new DOMException('Requested device not found', 'NotFoundError')
    return real(constraints)
  }
}
