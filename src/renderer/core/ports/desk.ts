import type { ArrivedLink } from '../../../shared/ipc/contract.ts'
import type { Notice, TrayCommand, TrayView } from '../../../shared/tray/trayView.ts'

/** What of the app is outside its page: the tray, notifications, links that were followed, the window itself. */
export interface DeskPort {
  showTray(view: TrayView): void
  /** Calls back with what is chosen in the tray or on a notification; the answer ends it. */
  watchCommands(listener: (command: TrayCommand) => void): () => void
  notify(notice: Notice): void
  /** Calls back with each link that was followed, the one that started the app included; the answer ends it. */
  readonly watchLinks: (listener: (link: ArrivedLink) => void) => () => void
  /** Calls back with whether the window can be seen, now and after each change; the answer ends it. */
  watchWindow(listener: (isVisible: boolean) => void): () => void
}

/** Small things to remember from one start to the next. */
export interface NotebookPort {
  read(): readonly string[]
  write(lines: readonly string[]): void
}
