import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { WindowSpacePort } from '../../core/ports/windowSpace.ts'

/** The main process makes the window small; the whole screen is the page's own to ask for, and Escape gives it back. */
export function createWindowSpacePort(desktop: Pick<DesktopApi, 'window'>): WindowSpacePort {
  return {
    async setCompact(isCompact) {
      const answer = await desktop.window.setCompact({ isCompact })
      return answer.ok ? answer.value : null
    },
    async setFullScreen(isFullScreen) {
      try {
        if (isFullScreen) await document.documentElement.requestFullscreen({ navigationUI: 'hide' })
        else if (document.fullscreenElement !== null) await document.exitFullscreen()
      } catch {
        // Not allowed by the system: the window stays as it is, and nobody was told otherwise.
      }
      return document.fullscreenElement !== null
    },
    watchFullScreen(listener) {
      const tell = (): void => listener(document.fullscreenElement !== null)
      document.addEventListener('fullscreenchange', tell)
      return () => document.removeEventListener('fullscreenchange', tell)
    },
  }
}
