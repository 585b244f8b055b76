import { app, type BrowserWindow } from 'electron'
import { planClose } from './planClose.ts'

interface KeepOptions {
  readonly closeToTray: () => boolean
  readonly isInCall: () => boolean
  readonly hasTray: () => Promise<boolean>
  readonly onVisibility: (isVisible: boolean) => void
}

/** Answers the window's cross by `planClose`, and tells when the window goes out of sight. Quitting quits whatever was chosen. */
export function keepWindow(window: BrowserWindow, options: KeepOptions): void {
  let isQuitting = false
  const quit = (): void => {
    isQuitting = true
  }
  app.on('before-quit', quit)
  // Windows is about to shut down or log off: a window that stays would be in its way.
  window.on('query-session-end', quit)
  window.on('closed', () => app.off('before-quit', quit))

  const settle = async (): Promise<void> => {
    const hasTray = await options.hasTray()
    if (window.isDestroyed()) return
    const plan = planClose({ closeToTray: true, isInCall: options.isInCall(), hasTray })
    if (plan === 'hide') window.hide()
    else if (plan === 'minimise') window.minimize()
    else {
      isQuitting = true
      window.close()
    }
  }
  window.on('close', (event) => {
    if (isQuitting || !options.closeToTray()) return
    event.preventDefault()
    void settle()
  })

  window.on('show', () => options.onVisibility(true))
  window.on('restore', () => options.onVisibility(true))
  window.on('hide', () => options.onVisibility(false))
  window.on('minimize', () => options.onVisibility(false))
}
