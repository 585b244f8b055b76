import { type BrowserWindow, screen } from 'electron'
import { minimumSize, planCompactBounds, planWindowBounds, type WindowPlace } from './windowBounds.ts'

/** How the window is after it was asked to be small or large. `isOnTop`: other programs' windows do not cover it. */
export interface CompactState {
  readonly isCompact: boolean
  readonly isOnTop: boolean
}

/** The window as a small strip above all others, and back. */
export interface CompactWindow {
  readonly attach: (window: BrowserWindow) => void
  readonly set: (isCompact: boolean) => CompactState
  /** Where the window is when it is large; null while it is. */
  readonly place: () => WindowPlace | null
}

/** What is inside the frame, in device-independent px. */
const stripSize = { width: 320, height: 96 } as const

const workAreas = () => screen.getAllDisplays().map(({ workArea }) => workArea)

export function createCompactWindow(): CompactWindow {
  let window: BrowserWindow | null = null
  let place: WindowPlace | null = null

  function shrink(opened: BrowserWindow): void {
    const maximized = opened.isMaximized()
    if (maximized) opened.unmaximize()
    place = { bounds: opened.getNormalBounds(), maximized }
    opened.setMinimumSize(stripSize.width, stripSize.height)
    opened.setBounds(planCompactBounds(place.bounds, workAreas(), stripSize))
    // By then the frame is known, and what is inside it is what counts.
    opened.setContentSize(stripSize.width, stripSize.height)
    // Above other programs, and below what the system itself has to say.
    opened.setAlwaysOnTop(true, 'floating')
  }

  function grow(opened: BrowserWindow, large: WindowPlace): void {
    place = null
    // The display that it was on may be gone by now.
    const bounds = planWindowBounds(large, workAreas())
    opened.setAlwaysOnTop(false)
    opened.setMinimumSize(minimumSize.width, minimumSize.height)
    opened.setBounds(bounds)
    if (bounds.x === undefined) opened.center()
    if (large.maximized) opened.maximize()
  }

  return {
    attach(opened) {
      window = opened
      opened.on('closed', () => {
        window = null
        place = null
      })
    },
    set(isCompact) {
      if (window === null) return { isCompact: false, isOnTop: false }
      if (isCompact && place === null) shrink(window)
      if (!isCompact && place !== null) grow(window, place)
      return { isCompact: place !== null, isOnTop: place !== null && window.isAlwaysOnTop() }
    },
    place: () => place,
  }
}
