import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { DeskPort, NotebookPort } from '../../core/ports/desk.ts'

/** The part of `window.desktop` that is about what surrounds the page. What cannot be shown is logged by the main process. */
export function createDeskPort(desktop: DesktopApi): DeskPort {
  /** As the main process last said: of a window in the tray or minimised the page is told nothing else. */
  let isShown = true
  const tellers = new Set<() => void>()
  desktop.window.onChanged(({ isVisible }) => {
    isShown = isVisible
    for (const tell of tellers) tell()
  })
  return {
    showTray(view) {
      void desktop.tray.show(view)
    },
    watchCommands: (listener) => desktop.tray.onChosen(listener),
    notify(notice) {
      void desktop.notice.show(notice)
    },
    watchLinks(listener) {
      let isOver = false
      // The main process keeps a link until it is taken, so that none is missed and none is taken twice.
      const take = async () => {
        const answer = await desktop.links.take()
        if (!isOver && answer.ok && answer.value !== null) listener(answer.value)
      }
      const end = desktop.links.onArrived(() => void take())
      void take()
      return () => {
        isOver = true
        end()
      }
    },
    watchWindow(listener) {
      const tell = (): void => listener(isShown && document.visibilityState === 'visible')
      tellers.add(tell)
      document.addEventListener('visibilitychange', tell)
      tell()
      return () => {
        tellers.delete(tell)
        document.removeEventListener('visibilitychange', tell)
      }
    },
  }
}

/** Lines kept in the page's own storage under a name; without storage they hold until the page ends. */
export function createNotebook(storage: Pick<Storage, 'getItem' | 'setItem'>, name: string): NotebookPort {
  let lines: readonly string[] | null = null
  return {
    read() {
      if (lines !== null) return lines
      try {
        const kept: unknown = JSON.parse(storage.getItem(name) ?? '[]')
        lines = Array.isArray(kept) ? kept.filter((line) => typeof line === 'string') : []
      } catch {
        lines = []
      }
      return lines
    },
    write(next) {
      lines = next
      try {
        storage.setItem(name, JSON.stringify(next))
      } catch {
        // A full storage forgets at the next start; there is nothing to lose but a repeated reminder.
      }
    },
  }
}
