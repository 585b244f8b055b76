import { EventEmitter } from 'node:events'
import type { CDPSession, Page } from 'playwright-core'
import { app } from './app.ts'
import { launchBrowser, takePage } from './browser.ts'
import { strict } from './notImplemented.ts'
import { defaultSession } from './session.ts'
import { RuntimeWebContents } from './webContents.ts'

type WindowMembers = Pick<
  Electron.BrowserWindow,
  | 'id' | 'loadURL' | 'show' | 'hide' | 'focus' | 'close' | 'destroy' | 'isDestroyed' | 'isVisible' | 'isMinimized' | 'isMaximized'
  | 'isFullScreen' | 'minimize' | 'maximize' | 'unmaximize' | 'restore' | 'setBounds' | 'setContentSize' | 'setMinimumSize' | 'setAlwaysOnTop' | 'isAlwaysOnTop' | 'getBounds' | 'getNormalBounds' | 'getTitle' | 'setTitle'
  | 'removeMenu' | 'setBackgroundColor'
> // prettier-ignore

type WindowState = 'normal' | 'minimized' | 'maximized' | 'fullscreen'

const windows = new Map<number, RuntimeBrowserWindow>()
let lastId = 0

/** Electron's `BrowserWindow` over a page of Chromium, in a window of its own where there is a display. */
export class RuntimeBrowserWindow extends EventEmitter implements WindowMembers {
  readonly id = (lastId += 1)
  readonly webContents: RuntimeWebContents
  readonly #ready: Promise<void>
  #page: Page | null = null
  #cdp: CDPSession | null = null
  #windowId = 0
  #bounds: Electron.Rectangle
  #state: WindowState = 'normal'
  #title: string
  #visible: boolean
  #destroyed = false
  #hasAskedToClose = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    const { width = 800, height = 600, x = 0, y = 0 } = options
    this.#bounds = { x, y, width, height }
    this.#title = options.title ?? app.getName()
    this.#visible = options.show !== false
    this.webContents = strict(
      'webContents',
      new RuntimeWebContents(options.webPreferences ?? {}, defaultSession),
    )
    windows.set(this.id, this)
    app.emit('web-contents-created', {}, this.webContents)
    this.#ready = this.#open()
    // A failed launch reaches the app through loadURL, as the only one that waits for it.
    this.#ready.catch(() => undefined)
  }

  static getAllWindows(): RuntimeBrowserWindow[] {
    return [...windows.values()]
  }

  static getFocusedWindow(): RuntimeBrowserWindow | null {
    return [...windows.values()].find((window) => window.isVisible()) ?? null
  }

  static fromWebContents(contents: unknown): RuntimeBrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents === contents) ?? null
  }

  async loadURL(url: string): Promise<void> {
    await this.#ready
    if (this.webContents.isCrashed()) await this.#replacePage()
    await this.webContents.load(url)
    this.emit('ready-to-show')
  }

  show(): void {
    if (!this.#visible && this.#state === 'minimized') this.#setState('normal')
    this.#visible = true
    this.emit('show')
    this.focus()
  }

  focus(): void {
    void this.#page?.bringToFront().catch(() => undefined)
    this.emit('focus')
  }

  /** Out of sight as far as Chromium can be: its window goes to the task bar. */
  hide(): void {
    this.#visible = false
    this.#setState('minimized')
    this.emit('hide')
  }

  /** As by the window's cross, which the app may refuse. A person who closes Chromium's own window cannot be refused. */
  close(): void {
    if (this.#destroyed) return
    let isRefused = false
    this.emit('close', {
      preventDefault: () => {
        isRefused = true
      },
    })
    if (isRefused) return
    this.#hasAskedToClose = true
    void this.#page?.close()
  }

  destroy(): void {
    this.#hasAskedToClose = true
    void this.#page?.close()
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isVisible(): boolean {
    return this.#visible && !this.#destroyed
  }

  isMinimized(): boolean {
    return this.#state === 'minimized'
  }

  isMaximized(): boolean {
    return this.#state === 'maximized'
  }

  isFullScreen(): boolean {
    return this.#state === 'fullscreen'
  }

  minimize(): void {
    this.#setState('minimized')
    this.emit('minimize')
  }

  maximize(): void {
    this.#setState('maximized')
  }

  restore(): void {
    this.#setState('normal')
    this.emit('restore')
  }

  unmaximize(): void {
    this.#setState('normal')
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    const { x: left, y: top, width, height } = this.#bounds
    void this.#cdp
      ?.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds: { left, top, width, height } })
      .catch(() => undefined)
  }

  /** Chromium's own frame is not known here. */
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  /** Chromium has a smallest size of its own, and no other. */
  setMinimumSize(): void {}

  /** No page can ask for that, so it is not so. */
  setAlwaysOnTop(): void {}

  isAlwaysOnTop(): boolean {
    return false
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  getTitle(): string {
    return this.#title
  }

  /** The title shown is the document's; this is only what getTitle() answers. */
  setTitle(title: string): void {
    this.#title = title
  }

  /** There is no menu to remove. */
  removeMenu(): void {}

  /** Chromium paints its own background before the first frame. */
  setBackgroundColor(): void {}

  async #open(): Promise<void> {
    const context = await launchBrowser(app.getPath('userData'), this.#bounds, () => this.#closed())
    await this.#take(await takePage(context))
  }

  async #take(page: Page): Promise<void> {
    this.#page = page
    page.on('close', () => {
      if (page === this.#page) this.#closed()
    })
    await this.webContents.attach(page)
    this.#cdp = await page.context().newCDPSession(page)
    const { windowId, bounds } = await this.#cdp.send('Browser.getWindowForTarget')
    this.#windowId = windowId
    this.#bounds = { ...this.#bounds, ...definedBounds(bounds) }
  }

  /** The new page comes before the old one goes: Chromium ends with its last. Nothing waits for a page that may not answer. */
  async #replacePage(): Promise<void> {
    const crashed = this.#page
    if (crashed === null) return
    await this.#take(await crashed.context().newPage())
    crashed.close().catch(() => undefined)
  }

  #setState(windowState: WindowState): void {
    this.#state = windowState
    void this.#cdp
      ?.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds: { windowState } })
      .catch(() => undefined)
  }

  #closed(): void {
    if (this.#destroyed) return
    if (!this.#hasAskedToClose) this.emit('close', { preventDefault: () => undefined })
    this.#destroyed = true
    windows.delete(this.id)
    this.emit('closed')
    if (windows.size === 0) app.handleAllWindowsClosed()
  }
}

/** `BrowserWindow` as the app sees it: instances throw by name for what they lack. */
export const BrowserWindow = new Proxy(RuntimeBrowserWindow, {
  construct: (target, args) => {
    const window = new target(...(args as [Electron.BrowserWindowConstructorOptions?]))
    const seen = strict('BrowserWindow', window)
    windows.set(window.id, seen)
    return seen
  },
})

function definedBounds(bounds: {
  left?: number
  top?: number
  width?: number
  height?: number
}): Partial<Electron.Rectangle> {
  const named = { x: bounds.left, y: bounds.top, width: bounds.width, height: bounds.height }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}
