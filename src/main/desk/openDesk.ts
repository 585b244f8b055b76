import { app, type BrowserWindow } from 'electron'
import { ok } from '../../shared/result.ts'
import type { TrayCommand, TrayView } from '../../shared/tray/trayView.ts'
import type { CallPresence } from '../call/callPresence.ts'
import type { Answers } from '../ipc/createIpcHandler.ts'
import { sendEvent } from '../ipc/registerIpc.ts'
import type { MainWords } from '../language/mainWords.ts'
import { claimLinks } from '../links/claimLinks.ts'
import { createLinkInbox, linkFromArguments } from '../links/linkInbox.ts'
import type { MainLog } from '../log/mainLog.ts'
import { showNotice } from '../notices/showNotice.ts'
import { createTray } from '../tray/createTray.ts'
import { hasTray } from '../tray/hasTray.ts'
import { keepWindow } from '../window/keepWindow.ts'
import { focusWindow } from '../window/mainWindow.ts'

/** What of the app is outside its page: tray, notifications, links, and a window that may be out of sight. */
export interface Desk {
  readonly answers: Pick<Answers, 'tray:show' | 'notice:show' | 'links:take'>
  /** Puts the icon in the tray, and takes care of the window from now on. */
  readonly attach: (window: BrowserWindow, words: MainWords, closeToTray: () => boolean) => void
  readonly showWindow: () => void
  /** The app was started once more: its link, if there is one, and the window. */
  readonly handleSecondInstance: (argv: readonly string[]) => void
}

/** Opens it before Electron is ready: macOS tells of the link that starts the app before that. */
export function openDesk(log: MainLog, call: CallPresence): Desk {
  let window: BrowserWindow | null = null
  let showTray: (next: TrayView) => void = () => undefined
  const inbox = createLinkInbox(() => {
    log.info('link: one was followed')
    sendEvent('links:arrived', undefined)
  })
  const showWindow = (): void => {
    if (window !== null) focusWindow(window)
  }
  const receive = (link: string | null): void => {
    if (link !== null) inbox.receive(link)
  }

  const run = (command: TrayCommand): void => {
    if (command.kind === 'quit') return app.quit()
    // Muting and leaving do not need the window; everything else is looked at there.
    if (!['setMuted', 'setCameraOn', 'leave'].includes(command.kind)) showWindow()
    sendEvent('tray:chosen', command)
  }

  if (app.isPackaged) claimLinks(log)
  app.on('open-url', (event, url) => {
    event.preventDefault()
    receive(url)
    showWindow()
  })
  app.on('activate', showWindow)
  receive(linkFromArguments(process.argv))

  return {
    answers: {
      'tray:show': (next) => {
        showTray(next)
        return ok(undefined)
      },
      'notice:show': (notice) => {
        showNotice(notice, process.platform, run)
        return ok(undefined)
      },
      'links:take': () => ok(inbox.take()),
    },
    attach: (opened, words, closeToTray) => {
      window = opened
      const tray = createTray(process.platform, words, run)
      showTray = tray.show
      // A page that has crashed is in no call any more, and cannot say so; what it had put in the tray nobody answers.
      opened.webContents.on('render-process-gone', () => {
        call.handle(false)
        if (!opened.isDestroyed()) tray.show(null)
      })
      opened.on('closed', () => {
        window = null
        showTray = () => undefined
        tray.dispose()
      })
      keepWindow(opened, {
        closeToTray,
        isInCall: call.isInCall,
        hasTray: () => hasTray(process.platform),
        onVisibility: (isVisible) => sendEvent('window:changed', { isVisible }),
      })
    },
    showWindow,
    handleSecondInstance: (argv) => {
      receive(linkFromArguments(argv))
      showWindow()
    },
  }
}
