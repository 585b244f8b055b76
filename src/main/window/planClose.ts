/**
 * What becomes of the window when it is asked to close. `hide`: to the tray, from where it comes back. `minimise`: where no tray is, a
 * call goes on and the task bar has the window. `close`: the window goes, and the app with it.
 */
export type ClosePlan = 'close' | 'hide' | 'minimise'

/** The window is never hidden where nothing can bring it back. */
export function planClose(now: {
  /** The person's choice. */
  readonly closeToTray: boolean
  readonly isInCall: boolean
  readonly hasTray: boolean
}): ClosePlan {
  if (!now.closeToTray) return 'close'
  if (now.hasTray) return 'hide'
  return now.isInCall ? 'minimise' : 'close'
}
