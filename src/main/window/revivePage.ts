import { app, type BrowserWindow } from 'electron'
import type { MainLog } from '../log/mainLog.ts'
import { planReload, selectRecent } from './planReload.ts'

interface ReviveOptions {
  /** Loads the app's page, as at the start. */
  readonly load: () => void
  /** Says that the page does not hold. True: the person wants it tried again; otherwise the app ends. */
  readonly ask: () => Promise<boolean>
  readonly nowMs: () => number
  readonly log: Pick<MainLog, 'error' | 'info'>
}

/** Loads the window's page anew when its process is gone, by `planReload`: a window is never left with nothing in it. */
export function revivePage(window: BrowserWindow, options: ReviveOptions): void {
  const { load, ask, nowMs, log } = options
  let reloadsAtMs: readonly number[] = []
  let isQuitting = false
  const quit = (): void => {
    isQuitting = true
  }
  const isEnding = (): boolean => isQuitting || window.isDestroyed()
  app.on('before-quit', quit)
  window.on('closed', () => app.off('before-quit', quit))

  const reload = (): void => {
    reloadsAtMs = [...selectRecent(reloadsAtMs, nowMs()), nowMs()]
    log.info('window: its page is loaded anew')
    // Not at once: while it tells of the end, Electron is not done with it.
    setImmediate(() => {
      if (!isEnding()) load()
    })
  }
  const tell = async (): Promise<void> => {
    const isWanted = await ask()
    if (isEnding()) return
    if (!isWanted) return app.quit()
    reloadsAtMs = []
    reload()
  }
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    const plan = planReload({ reason, isEnding: isEnding(), reloadsAtMs, nowMs: nowMs() })
    if (plan === 'leave') return
    log.error(`window: its page is gone: ${reason}, exit code ${exitCode}`)
    if (plan === 'reload') reload()
    else void tell()
  })
}
