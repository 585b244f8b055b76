import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { keepWindow } from './keepWindow.ts'
import { webPreferences } from './webPreferences.ts'

const electron = vi.hoisted(() => ({ app: null as unknown as EventEmitter }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
  BrowserWindow: null,
  screen: {},
}))

/** A window as far as closing goes: `close` may be refused, as Electron's may. */
class FakeWindow extends EventEmitter {
  readonly done: string[] = []
  isGone = false

  close(): void {
    let isRefused = false
    this.emit('close', {
      preventDefault: () => {
        isRefused = true
      },
    })
    if (isRefused) return
    this.isGone = true
    this.emit('closed')
  }

  hide(): void {
    this.done.push('hide')
    this.emit('hide')
  }

  minimize(): void {
    this.done.push('minimise')
    this.emit('minimize')
  }

  isDestroyed(): boolean {
    return this.isGone
  }
}

function open(now: { readonly closeToTray: boolean; readonly isInCall: boolean; readonly hasTray: boolean }) {
  const window = new FakeWindow()
  const seen: boolean[] = []
  keepWindow(window as unknown as BrowserWindow, {
    closeToTray: () => now.closeToTray,
    isInCall: () => now.isInCall,
    hasTray: () => Promise.resolve(now.hasTray),
    onVisibility: (isVisible) => seen.push(isVisible),
  })
  return { window, seen }
}

const kept = { closeToTray: true, isInCall: true, hasTray: true }
const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

describe('the window’s cross', () => {
  beforeEach(() => {
    electron.app = new EventEmitter()
  })

  test('to the tray, and the page is told that nobody sees it', async () => {
    const { window, seen } = open(kept)
    window.close()
    await settled()
    expect(window.isGone).toBe(false)
    expect(window.done).toEqual(['hide'])
    window.emit('show')
    expect(seen).toEqual([false, true])
  })

  test('without a tray a call goes on in the task bar: the window is never stranded', async () => {
    const { window } = open({ ...kept, hasTray: false })
    window.close()
    await settled()
    expect(window.done).toEqual(['minimise'])
  })

  test('without a tray and without a call it closes', async () => {
    const { window } = open({ ...kept, hasTray: false, isInCall: false })
    window.close()
    await settled()
    expect(window.isGone).toBe(true)
  })

  test('who has not chosen the tray closes the window', () => {
    const { window } = open({ ...kept, closeToTray: false })
    window.close()
    expect(window.isGone).toBe(true)
  })

  test('quitting quits, also out of a call', () => {
    const { window } = open(kept)
    electron.app.emit('before-quit')
    window.close()
    expect(window.isGone).toBe(true)
  })

  test('Windows may end the session', () => {
    const { window } = open(kept)
    window.emit('query-session-end')
    window.close()
    expect(window.isGone).toBe(true)
  })

  test('nothing listens on after the window', () => {
    const { window } = open({ ...kept, closeToTray: false })
    window.close()
    expect(electron.app.listenerCount('before-quit')).toBe(0)
  })
})

test('a page out of sight keeps its timers: heartbeats go on, and being in the tray is not being away', () => {
  expect(webPreferences('preload.cjs').backgroundThrottling).toBe(false)
})
