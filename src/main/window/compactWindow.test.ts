import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { createCompactWindow } from './compactWindow.ts'

const own = { x: 0, y: 25, width: 1_440, height: 875 }
const displays = vi.hoisted(() => ({ workAreas: [] as (typeof own)[] }))

vi.mock('electron', () => ({
  screen: { getAllDisplays: () => displays.workAreas.map((workArea) => ({ workArea })) },
}))

beforeEach(() => {
  displays.workAreas = [own]
})

/** A window as far as its size goes. `canStayOnTop`: not under every system. */
class FakeWindow extends EventEmitter {
  bounds = { x: 100, y: 100, width: 1_100, height: 740 }
  minimum = [640, 480]
  isLarge: boolean
  isOnTop = false
  isCentered = false
  canStayOnTop: boolean

  constructor(isLarge: boolean, canStayOnTop: boolean) {
    super()
    this.isLarge = isLarge
    this.canStayOnTop = canStayOnTop
  }

  isMaximized(): boolean {
    return this.isLarge
  }

  maximize(): void {
    this.isLarge = true
  }

  unmaximize(): void {
    this.isLarge = false
  }

  getNormalBounds() {
    return this.bounds
  }

  setMinimumSize(width: number, height: number): void {
    this.minimum = [width, height]
  }

  setBounds(bounds: Partial<FakeWindow['bounds']>): void {
    this.bounds = { ...this.bounds, ...bounds }
  }

  center(): void {
    this.isCentered = true
  }

  setContentSize(width: number, height: number): void {
    this.bounds = { ...this.bounds, width, height: height + 30 }
  }

  setAlwaysOnTop(isOnTop: boolean): void {
    this.isOnTop = isOnTop && this.canStayOnTop
  }

  isAlwaysOnTop(): boolean {
    return this.isOnTop
  }
}

function open({ isLarge = false, canStayOnTop = true } = {}) {
  const window = new FakeWindow(isLarge, canStayOnTop)
  const compact = createCompactWindow()
  compact.attach(window as unknown as BrowserWindow)
  return { window, compact }
}

const normal = { x: 100, y: 100, width: 1_100, height: 740 }

test('it becomes a strip above everything, and what it was again', () => {
  const { window, compact } = open()
  expect(compact.set(true)).toEqual({ isCompact: true, isOnTop: true })
  expect(window.bounds).toMatchObject({ width: 320, height: 126 })
  expect(compact.set(false)).toEqual({ isCompact: false, isOnTop: false })
  expect(window).toMatchObject({ bounds: normal, minimum: [640, 480], isOnTop: false, isLarge: false })
})

test('one that filled the screen fills it again', () => {
  const { window, compact } = open({ isLarge: true })
  compact.set(true)
  expect(window.isLarge).toBe(false)
  compact.set(false)
  expect(window.isLarge).toBe(true)
})

test('where its display is gone meanwhile, it comes back on one that is there', () => {
  const { window, compact } = open()
  displays.workAreas = [own, { x: 1_440, y: 0, width: 1_920, height: 1_080 }]
  window.bounds = { x: 2_000, y: 50, width: 1_600, height: 900 }
  compact.set(true)
  displays.workAreas = [own]
  compact.set(false)
  expect(window).toMatchObject({ bounds: { width: 1_100, height: 740 }, isCentered: true })
})

test('where it would be when it is large is known meanwhile, for the next start', () => {
  const { compact } = open({ isLarge: true })
  expect(compact.place()).toBeNull()
  compact.set(true)
  compact.set(true)
  expect(compact.place()).toEqual({ bounds: normal, maximized: true })
})

test('where no window can stay above others, that is said', () => {
  const { compact } = open({ canStayOnTop: false })
  expect(compact.set(true)).toEqual({ isCompact: true, isOnTop: false })
})

test('a window that is gone is not asked', () => {
  const { window, compact } = open()
  compact.set(true)
  window.emit('closed')
  expect(compact.set(true)).toEqual({ isCompact: false, isOnTop: false })
  expect(compact.place()).toBeNull()
})
