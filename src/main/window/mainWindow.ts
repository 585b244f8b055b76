import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, screen } from 'electron'
import { appUrl } from '../appProtocol/appOrigin.ts'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import type { MainWords } from '../language/mainWords.ts'
import type { MainLog } from '../log/mainLog.ts'
import { readPreferences, refusePreferences } from '../security/findWeakPreferences.ts'
import { revivePage } from './revivePage.ts'
import { webPreferences } from './webPreferences.ts'
import { minimumSize, parseWindowPlace, planWindowBounds, type WindowPlace } from './windowBounds.ts'

/** The page's background by theme, so that the window does not flash before the first frame. */
const backgroundColors = { light: '#F6F3EC', dark: '#15181B' } as const

interface MainWindowOptions {
  readonly title: string
  readonly preload: string
  /** The profile's folder, where the window's place is remembered. */
  readonly folder: string
  readonly dark: boolean
  readonly words: MainWords
  readonly log: MainLog
  /** Started at login, say: the window stays in the tray, or in the task bar where there is none. */
  readonly isHidden: boolean
  readonly hasTray: () => Promise<boolean>
  readonly onShown: () => void
  /** Where the window is when it is large; null while it is. */
  readonly largePlace: () => WindowPlace | null
}

/** Opens the app's window where it was last time, and shows it when its first frame is drawn. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const file = join(options.folder, 'window.json')
  const remembered = readPlace(file)
  const window = new BrowserWindow({
    ...planWindowBounds(
      remembered,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: options.title,
    show: false,
    backgroundColor: options.dark ? backgroundColors.dark : backgroundColors.light,
    autoHideMenuBar: true,
    webPreferences: webPreferences(options.preload),
  })
  refuseWeakPreferences(window, options.log)
  window.once('ready-to-show', () => {
    if (options.isHidden) {
      if (remembered?.maximized === true) window.once('show', () => window.maximize())
      void minimiseWithoutTray(window, options.hasTray)
      return
    }
    if (remembered?.maximized === true) window.maximize()
    window.show()
    options.onShown()
  })
  window.on('close', () => savePlace(file, options.largePlace() ?? readBounds(window), options.log))
  const load = (): void => {
    window.loadURL(appUrl).catch((error: unknown) => {
      options.log.error(`window: the page could not be loaded: ${String(error)}`)
    })
  }
  revivePage(window, {
    load,
    ask: () => askToLoadAgain(options.words),
    nowMs: () => performance.now(),
    log: options.log,
  })
  load()
  return window
}

/** Beside the window and not in it: the window may be in the tray. */
async function askToLoadAgain(words: MainWords): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: words.pageFailed,
    detail: words.pageFailedMore,
    buttons: [words.loadAgain, words.quit],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

async function minimiseWithoutTray(window: BrowserWindow, hasTray: () => Promise<boolean>): Promise<void> {
  if (!(await hasTray()) && !window.isDestroyed()) window.minimize()
}

/** SECURITY: a window that could do more than ours may is not shown anything. */
function refuseWeakPreferences(window: BrowserWindow, log: MainLog): void {
  const preferences = readPreferences(window.webContents)
  const reason = refusePreferences(preferences, app.isPackaged)
  if (reason !== null) throw new Error(reason)
  if (preferences === null) log.warn('window: its preferences could not be read back')
}

/** Brings the window to the front, from the dock or task bar if need be. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function readPlace(file: string): WindowPlace | null {
  try {
    return parseWindowPlace(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function readBounds(window: BrowserWindow): WindowPlace {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
}

function savePlace(file: string, place: WindowPlace, log: MainLog): void {
  try {
    writeFileAtomically(file, JSON.stringify(place))
  } catch {
    log.warn('window: its place could not be remembered')
  }
}
