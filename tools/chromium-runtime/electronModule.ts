import { app as runtimeApp } from './app.ts'
import { BrowserWindow as RuntimeBrowserWindow } from './browserWindow.ts'
import { globalShortcut as runtimeGlobalShortcut } from './globalShortcut.ts'
import { ipcMain as runtimeIpcMain } from './ipcMain.ts'
import * as desktopShell from './desktopShell.ts'
import { desktopCapturer as runtimeDesktopCapturer } from './desktopCapturer.ts'
import { missing, strict } from './notImplemented.ts'
import { protocol as runtimeProtocol } from './protocol.ts'
import { defaultSession } from './session.ts'
import * as system from './systemModules.ts'
import { utilityProcess as runtimeUtilityProcess } from './utilityProcess.ts'

/*
 * What `import … from 'electron'` gives the main process here. Every name of Electron's main-process modules is exported:
 * what is implemented, with its missing members throwing by name, and the rest as modules that throw by name on any use.
 */

export const app = strict('app', runtimeApp)
export const BrowserWindow = RuntimeBrowserWindow
export const ipcMain = strict('ipcMain', runtimeIpcMain)
export const protocol = strict('protocol', runtimeProtocol)
export const session = strict('session', { defaultSession: strict('session.defaultSession', defaultSession) })
export const utilityProcess = strict('utilityProcess', runtimeUtilityProcess)
export const shell = strict('shell', system.shell)
export const dialog = strict('dialog', system.dialog)
export const safeStorage = strict('safeStorage', system.safeStorage)
export const nativeTheme = system.nativeTheme
export const screen = strict('screen', system.screen)
export const systemPreferences = strict('systemPreferences', system.systemPreferences)
export const powerMonitor = strict('powerMonitor', system.powerMonitor)
export const globalShortcut = strict('globalShortcut', runtimeGlobalShortcut)
export const net = strict('net', system.net)
export const Menu = strict('Menu', desktopShell.Menu)
export const nativeImage = strict('nativeImage', desktopShell.nativeImage)
export const Tray = desktopShell.RuntimeTray
export const Notification = desktopShell.RuntimeNotification
export const desktopCapturer = strict('desktopCapturer', runtimeDesktopCapturer)

export const BaseWindow = missing('BaseWindow')
export const BrowserView = missing('BrowserView')
export const ClipboardItem = missing('ClipboardItem')
export const ImageView = missing('ImageView')
export const MenuItem = missing('MenuItem')
export const MessageChannelMain = missing('MessageChannelMain')
export const ShareMenu = missing('ShareMenu')
export const TouchBar = missing('TouchBar')
export const View = missing('View')
export const WebContentsView = missing('WebContentsView')
export const autoUpdater = missing('autoUpdater')
export const clipboard = missing('clipboard')
export const contentTracing = missing('contentTracing')
export const crashReporter = missing('crashReporter')
export const inAppPurchase = missing('inAppPurchase')
export const netLog = missing('netLog')
export const powerSaveBlocker = missing('powerSaveBlocker')
export const pushNotifications = missing('pushNotifications')
export const webContents = missing('webContents')
export const webFrameMain = missing('webFrameMain')

/** `import electron from 'electron'` and `require('electron')` see the same names. */
export default {
  app,
  BrowserWindow,
  ipcMain,
  protocol,
  session,
  utilityProcess,
  shell,
  dialog,
  safeStorage,
  nativeTheme,
  screen,
  systemPreferences,
  Menu,
  powerMonitor,
  BaseWindow,
  BrowserView,
  ClipboardItem,
  ImageView,
  MenuItem,
  MessageChannelMain,
  Notification,
  ShareMenu,
  TouchBar,
  Tray,
  View,
  WebContentsView,
  autoUpdater,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  globalShortcut,
  inAppPurchase,
  nativeImage,
  net,
  netLog,
  powerSaveBlocker,
  pushNotifications,
  webContents,
  webFrameMain,
}
