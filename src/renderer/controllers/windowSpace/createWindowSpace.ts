import { createStore } from 'zustand/vanilla'
import type { WindowSpacePort } from '../../core/ports/windowSpace.ts'
import type { ReadableStore } from '../contracts.ts'

/** How much of the screen the window takes. Serialisable. */
export interface WindowSpaceSnapshot {
  /** A small strip. */
  readonly isCompact: boolean
  /** The strip stays above other windows, which not every system allows. */
  readonly isOnTop: boolean
  readonly isFullScreen: boolean
}

/** The window in a room: as it is, over the whole screen, or a small strip beside one's work. */
export interface WindowSpace {
  readonly store: ReadableStore<WindowSpaceSnapshot>
  toggleFullScreen(): Promise<void>
  setCompact(isCompact: boolean): Promise<void>
  /** As outside a room. */
  leave(): void
}

export function createWindowSpace(port: WindowSpacePort): WindowSpace {
  const store = createStore<WindowSpaceSnapshot>(() => ({
    isCompact: false,
    isOnTop: false,
    isFullScreen: false,
  }))
  /** Counts what was asked: of several wishes the latest counts. */
  let asked = 0
  /** What the person wants, which the system follows a moment later. */
  let wantsFullScreen = false
  let wantsCompact = false
  port.watchFullScreen((isFullScreen) => {
    wantsFullScreen = isFullScreen
    store.setState({ isFullScreen })
  })

  async function setFullScreen(isFullScreen: boolean): Promise<void> {
    wantsFullScreen = isFullScreen
    const hasIt = await port.setFullScreen(isFullScreen)
    // Not where another wish came meanwhile.
    if (wantsFullScreen === isFullScreen) wantsFullScreen = hasIt
  }

  async function setCompact(isCompact: boolean): Promise<void> {
    if (wantsCompact === isCompact) return
    wantsCompact = isCompact
    asked += 1
    const own = asked
    if (wantsFullScreen) await setFullScreen(false)
    if (own !== asked) return
    const answer = await port.setCompact(isCompact)
    if (own !== asked) return
    if (answer !== null) store.setState(answer)
    wantsCompact = store.getState().isCompact
  }

  return {
    store,
    setCompact,
    async toggleFullScreen() {
      const isWanted = !wantsFullScreen
      // Large first: a strip over the whole screen is neither.
      if (isWanted) await setCompact(false)
      await setFullScreen(isWanted)
    },
    leave() {
      void setCompact(false)
      if (wantsFullScreen) void setFullScreen(false)
    },
  }
}
