import { Notification } from 'electron'
import type { Notice, TrayCommand } from '../../shared/tray/trayView.ts'

/** A notification that nobody looks at is gone from the system's list by then at the latest. */
const KEPT_MS = 60 * 60_000

/**
 * Shows a notification. macOS (a signed app whose notifications are alerts) and Windows have its button; where there are none, a press
 * on it does what the button would.
 */
export function showNotice(
  notice: Notice,
  platform: NodeJS.Platform,
  onCommand: (command: TrayCommand) => void,
): void {
  if (!Notification.isSupported()) return
  const hasButtons = platform === 'darwin' || platform === 'win32'
  const { button } = notice
  const shown = new Notification({
    title: notice.title,
    body: notice.body,
    ...(button !== null && hasButtons ? { actions: [{ type: 'button', text: button.label }] } : {}),
  })
  // Held until it is over: what is collected before hears no press.
  const forget = setTimeout(() => shown.removeAllListeners(), KEPT_MS)
  forget.unref()
  shown.on('click', () => onCommand(button !== null && !hasButtons ? button.command : notice.press))
  shown.on('action', () => {
    if (button !== null) onCommand(button.command)
  })
  shown.on('close', () => clearTimeout(forget))
  shown.show()
}
