import { EventEmitter } from 'node:events'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { handleInvoke, ipcMain } from './ipcMain.ts'
import { notImplemented } from './notImplemented.ts'
import { originOf, toAppUrl, toBrowserUrl } from './originMap.ts'
import { isolatedWorldScript, pageWorldScript, type ToMain, type ToPage } from './pageBridge.ts'
import { appSchemes } from './protocol.ts'
import { applyPermissions, type RuntimeSession } from './session.ts'
import { decodeValue, encodeValue } from './structuredCodec.ts'
import { nativeTheme } from './systemModules.ts'

type Frame = Pick<Electron.WebFrameMain, 'url' | 'origin' | 'parent' | 'top' | 'isDestroyed'>

type WebContentsMembers = Pick<
  Electron.WebContents,
  'id' | 'send' | 'getURL' | 'isDestroyed' | 'isCrashed' | 'setWindowOpenHandler' | 'isLoading' | 'reload'
> & { readonly mainFrame: Frame; readonly session: RuntimeSession }

let lastId = 0

/** Electron's `webContents` over a page of Chromium. */
export class RuntimeWebContents extends EventEmitter implements WebContentsMembers {
  readonly id = (lastId += 1)
  readonly session: RuntimeSession
  readonly #preferences: Electron.WebPreferences
  readonly #world = `electron-${randomUUID()}`
  readonly #handOver = randomUUID()
  readonly #receiver = `receive-${randomUUID()}`
  #page: Page | null = null
  #cdp: CDPSession | null = null
  #isolatedContextId: number | null = null
  #mainFrameId: string | null = null
  #ownNavigation: string | null = null
  #windowOpenHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null
  #url = ''
  #destroyed = false
  #loading = false
  #crashed = false

  constructor(preferences: Electron.WebPreferences, session: RuntimeSession) {
    super()
    this.#preferences = preferences
    this.session = session
    nativeTheme.on('updated', () => void this.#followTheme())
  }

  /**
   * Takes the page and prepares it, so that the preload runs in every document that it loads from now on. After a crash it takes another,
   * since Playwright gives none back whose process has ended.
   */
  async attach(page: Page): Promise<void> {
    this.#page = page
    this.#crashed = false
    this.#isolatedContextId = null
    const cdp = await page.context().newCDPSession(page)
    this.#cdp = cdp
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (cdp !== this.#cdp) return
      const { frameId } = (context.auxData ?? {}) as { frameId?: string }
      if (context.name === this.#world && frameId === this.#mainFrameId) this.#isolatedContextId = context.id
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      // Of a page that has crashed: ids are counted anew in each process.
      if (cdp !== this.#cdp) return
      if (executionContextId === this.#isolatedContextId) this.#isolatedContextId = null
    })
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      void this.#receive(JSON.parse(payload) as ToMain, executionContextId)
    })
    cdp.on(
      'Fetch.requestPaused',
      (event) => void this.#decideNavigation(event.requestId, event.request.url, event.frameId),
    )
    cdp.on('Page.windowOpen', ({ url }) => this.#decideWindowOpen(url))
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#url = toAppUrl(frame.url(), appSchemes)
    })
    await this.#followTheme()
    page.on('popup', (popup) => void popup.close())
    page.on('domcontentloaded', () => this.emit('dom-ready', {}))
    page.on('load', () => {
      this.#loading = false
      this.emit('did-finish-load', {})
    })
    page.on('crash', () => {
      this.#crashed = true
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    })
    page.on('close', () => {
      if (page !== this.#page) return
      this.#destroyed = true
      this.emit('destroyed')
    })

    const binding = `send-${randomUUID()}`
    const preload = this.#preferences.preload
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#mainFrameId = frameTree.frame.id
    await Promise.all([
      cdp.send('Runtime.enable'),
      cdp.send('Page.enable'),
      cdp.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] }),
      cdp.send('Runtime.addBinding', { name: binding, executionContextName: this.#world }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        worldName: this.#world,
        source: isolatedWorldScript(this.#handOver, binding, this.#receiver),
      }),
      preload === undefined
        ? undefined
        : cdp.send('Page.addScriptToEvaluateOnNewDocument', {
            source: pageWorldScript(this.#handOver, readFileSync(preload, 'utf8')),
          }),
    ])
  }

  /** Loads an URL as the app's own doing: `will-navigate` is for what the page does. */
  async load(url: string): Promise<void> {
    if (this.#page === null) throw new Error('the window has no page yet')
    const target = toBrowserUrl(url, appSchemes)
    await applyPermissions(this.session, this, this.#page.context(), { appUrl: url, browserUrl: target })
    this.#ownNavigation = target
    this.#loading = true
    await this.#page.goto(target, { waitUntil: 'load' })
  }

  get mainFrame(): Frame {
    return this.#frame()
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#toPage({ kind: 'event', channel, data: encodeValue(args) })
  }

  getURL(): string {
    return this.#url
  }

  /** Electron has it, and its declarations do not. */
  getLastWebPreferences(): Electron.WebPreferences {
    return { ...this.#preferences }
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isCrashed(): boolean {
    return this.#crashed
  }

  isLoading(): boolean {
    return this.#loading
  }

  reload(): void {
    this.#ownNavigation = this.#page?.url() ?? null
    void this.#page?.reload()
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#windowOpenHandler = handler
  }

  #frame(): Frame {
    const url = this.#url
    const frame: Frame = {
      url,
      origin: originOf(url),
      parent: null,
      get top() {
        return frame as Electron.WebFrameMain
      },
      isDestroyed: () => this.#destroyed || this.#url !== url,
    }
    return frame
  }

  async #followTheme(): Promise<void> {
    const { themeSource } = nativeTheme
    const colorScheme = themeSource === 'system' ? null : themeSource
    await this.#page?.emulateMedia({ colorScheme }).catch(() => undefined)
  }

  async #receive(message: ToMain, contextId: number): Promise<void> {
    // The bridge runs in the main frame's isolated world only; a call from an earlier document has no frame any more.
    const senderFrame = contextId === this.#isolatedContextId ? this.#frame() : null
    const event = { sender: this, senderFrame, processId: 0, frameId: 0, type: 'frame' }
    if (message.kind === 'open') {
      this.#decideWindowOpen(message.url)
      return
    }
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...(decodeValue(message.data) as unknown[]))
      return
    }
    if (message.kind === 'display') {
      const granted = senderFrame === null ? null : await this.#askForDisplay(decodeValue(message.data))
      await this.#toPage({ kind: 'result', id: message.id, data: encodeValue(granted) })
      return
    }
    try {
      const args = decodeValue(message.data) as unknown[]
      const result = await handleInvoke(
        message.channel,
        event as unknown as Electron.IpcMainInvokeEvent,
        args,
      )
      await this.#toPage({ kind: 'result', id: message.id, data: encodeValue(result) })
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      await this.#toPage({ kind: 'error', id: message.id, message: words })
    }
  }

  async #askForDisplay(asked: unknown): Promise<{ isWindow: boolean; audio: boolean } | null> {
    const streams = await this.session.asksForDisplay(this, asked as { video: boolean; audio: boolean })
    if (streams?.video === undefined) return null
    const isWindow = 'id' in streams.video && streams.video.id.startsWith('window:')
    return { isWindow, audio: streams.audio !== undefined }
  }

  /** What the page shows, as a `data:` URL no larger than asked for; empty while it shows nothing. */
  async takeThumbnail(within: { readonly width: number; readonly height: number }): Promise<string> {
    if (this.#cdp === null) return ''
    try {
      const { cssVisualViewport: view } = await this.#cdp.send('Page.getLayoutMetrics')
      const { clientWidth: width, clientHeight: height } = view
      const scale = Math.min(1, within.width / width, within.height / height)
      const clip = { x: view.pageX, y: view.pageY, width, height, scale }
      const { data } = await this.#cdp.send('Page.captureScreenshot', { format: 'jpeg', quality: 70, clip })
      return `data:image/jpeg;base64,${data}`
    } catch {
      return ''
    }
  }

  async #toPage(message: ToPage): Promise<void> {
    const contextId = this.#isolatedContextId
    if (this.#cdp === null || contextId === null) return
    const expression = `globalThis[${JSON.stringify(this.#receiver)}]?.(${JSON.stringify(message)})`
    // The document may be gone by now, and with it the one who asked.
    await this.#cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined)
  }

  async #decideNavigation(requestId: string, url: string, frameId: string): Promise<void> {
    const cdp = this.#cdp
    if (cdp === null) return
    const isOwn = frameId !== this.#mainFrameId || sameDocument(url, this.#ownNavigation)
    if (frameId === this.#mainFrameId) this.#ownNavigation = null
    const refused = !isOwn && this.#emitWillNavigate(toAppUrl(url, appSchemes))
    await (
      refused
        ? cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
        : cdp.send('Fetch.continueRequest', { requestId })
    ).catch(() => undefined)
  }

  /** True when the app has refused. */
  #emitWillNavigate(url: string): boolean {
    let refused = false
    const event = {
      url,
      isMainFrame: true,
      isSameDocument: false,
      frame: this.#frame(),
      initiator: this.#frame(),
      preventDefault: () => {
        refused = true
      },
    }
    this.emit('will-navigate', event, url)
    return refused
  }

  #decideWindowOpen(url: string): void {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'default' },
    }
    const decision = this.#windowOpenHandler?.(details as Electron.HandlerDetails)
    if (decision?.action !== 'deny') {
      this.emit('error', notImplemented("setWindowOpenHandler with { action: 'allow' }"))
    }
  }
}

function sameDocument(url: string, other: string | null): boolean {
  return other !== null && url.split('#')[0] === other.split('#')[0]
}
