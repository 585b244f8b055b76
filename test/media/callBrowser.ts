import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type BrowserServer, type Page } from 'playwright-core'
import { randomUUID } from 'node:crypto'
import { findChromium } from '../../tools/setup/ensureChromium.mjs'
import { bundlePage } from '../support/bundlePage.ts'
import { type Hub, startHub } from './hub.ts'
import type { CallPage, CallPageOptions } from './page/callPage.ts'

/** Fake devices and no network chatter; the flags are those that the end-to-end specs use too. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream=device-count=3,fps=24',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
]

/** Real pages are captured, and not the pattern that stands for a screen; then Chromium asks, and is answered by these. */
const realScreenFlags = [
  ...chromiumFlags.filter((flag) => flag !== '--use-fake-ui-for-media-stream'),
  '--auto-accept-this-tab-capture',
]

/** `hangingCamera`: it opens once `window.devices.letCameraOpen` is called. */
export type Devices = 'all' | 'noCamera' | 'noMicrophone' | 'none' | 'denied' | 'busyCamera' | 'hangingCamera'

/** What a test does to a page's devices. */
export interface DeviceControls {
  letCameraOpen(): void
  /** As when the cable is pulled: the track ends, and there is no camera any more. */
  unplugCamera(): void
}

declare global {
  interface Window {
    devices: DeviceControls
  }
}

/** What the camera is asked for. */
export interface Profile {
  readonly width: number
  readonly height: number
  readonly frameRate: number
}

/** A backend in place of the hub, a tone in place of the voice. */
export type PageSettings = Pick<CallPageOptions, 'backend' | 'toneHz' | 'listens' | 'followsTimer'>

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
  readonly browser: Browser
  /** Opens a person's page with the devices that they have. */
  open(name: string, devices?: Devices, profile?: Profile, more?: PageSettings): Promise<Caller>
  /** The same in a browser of its own, which can be killed. */
  openInOwnProcess(name: string, profile: Profile): Promise<Caller & { kill(): void }>
  close(): Promise<void>
}

/** A Chromium with the real media stack and a hub in place of the backend. */
export async function launchCallBrowser(
  options: {
    readonly capturesRealPages?: boolean
    /** A YUV4MPEG2 film in the place of Chromium's pattern, which costs far less to encode than a camera's picture. */
    readonly cameraFile?: string
  } = {},
): Promise<CallBrowser> {
  const script = await bundlePage(fileURLToPath(new URL('./page/callPage.ts', import.meta.url)))
  const hub = await startHub(script)
  const executablePath = findChromium() ?? ''
  const { cameraFile } = options
  const args = [
    ...(options.capturesRealPages === true ? realScreenFlags : chromiumFlags),
    ...(cameraFile === undefined ? [] : [`--use-file-for-fake-video-capture=${cameraFile}`]),
  ]
  const browser = await chromium.launch({ executablePath, args })
  const servers: BrowserServer[] = []

  return {
    hub,
    browser,
    async open(name, devices = 'all', profile, more = {}) {
      return await openCaller(browser, hub.url, { name, devices, profile, more })
    },
    async openInOwnProcess(name, profile) {
      const server = await chromium.launchServer({ executablePath, args })
      servers.push(server)
      const own = await chromium.connect(server.wsEndpoint())
      const caller = await openCaller(own, hub.url, { name, devices: 'all', profile, more: {} })
      // The whole group, as the children would live on without their browser for a moment.
      const kill = (): void => void process.kill(-(server.process().pid ?? 0), 'SIGKILL')
      return { ...caller, kill }
    },
    async close() {
      await browser.close()
      await Promise.all(servers.map((server) => server.kill()))
      await hub.close()
    },
  }
}

async function openCaller(
  browser: Browser,
  url: string,
  options: {
    readonly name: string
    readonly devices: Devices
    readonly profile: Profile | undefined
    readonly more: PageSettings
  },
): Promise<Caller> {
  const { name, devices, profile, more } = options
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
  await context.addInitScript(removeDevices, devices)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'warning' || message.type() === 'error') {
      const { url } = message.location()
      process.stderr.write(`${name}: ${withoutTokens(`${message.text()} ${url}`)}\n`)
    }
  })
  page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.stack}\n`))
  await page.goto(url)
  await page.evaluate((start) => window.startCallPage(start), {
    userId: randomUUID(),
    displayName: name,
    ...more,
    ...(profile === undefined ? {} : { profile }),
  })
  return createCaller(name, page, context)
}

/** Chromium names the whole address of a WebSocket that fails. */
function withoutTokens(text: string): string {
  return text.replaceAll(/(access_token|join_request)=[^&'\s]+/gu, '$1=…')
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
  let isUnplugged = false
  let camera: MediaStreamTrack | undefined
  let letCameraOpen = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    letCameraOpen = resolve
  })
  window.devices = {
    letCameraOpen,
    unplugCamera() {
      isUnplugged = true
      camera?.stop()
      camera?.dispatchEvent(new Event('ended'))
    },
  }
  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    if (constraints.video && devices === 'busyCamera') {
      throw new DOMException('Could not start video source', 'NotReadableError')
    }
    if (constraints.video && devices === 'hangingCamera') await opened
    if (constraints.video && isUnplugged) {
      throw new DOMException('Requested device not found', 'NotFoundError')
    }
    if (devices === 'denied') throw new DOMException('Permission denied', 'NotAllowedError')
    const wantsMissing =
      (constraints.video && (devices === 'noCamera' || devices === 'none')) ||
      (constraints.audio && (devices === 'noMicrophone' || devices === 'none'))
    if (wantsMissing) throw new DOMException('Requested device not found', 'NotFoundError')
    const stream = await real(constraints)
    camera = stream.getVideoTracks()[0] ?? camera
    return stream
  }
}
