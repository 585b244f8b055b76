import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { revivePage } from './revivePage.ts'

const electron = vi.hoisted(() => ({ app: null as unknown as EventEmitter & { quit: () => void } }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
}))

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter()
  isGone = false

  isDestroyed(): boolean {
    return this.isGone
  }

  close(): void {
    this.isGone = true
    this.emit('closed')
  }
}

let quits = 0
beforeEach(() => {
  quits = 0
  electron.app = Object.assign(new EventEmitter(), { quit: () => void (quits += 1) })
})

/** Past everything that was put off to the next turn. */
const settle = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

function open() {
  const window = new FakeWindow()
  const seen = { loads: 0, logged: [] as string[], nowMs: 0 }
  const answers: ((isWanted: boolean) => void)[] = []
  revivePage(window as unknown as BrowserWindow, {
    load: () => void (seen.loads += 1),
    ask: () => new Promise((resolve) => answers.push(resolve)),
    nowMs: () => seen.nowMs,
    log: { info: () => undefined, error: (text) => seen.logged.push(text) },
  })
  const crash = async (atMs: number, reason = 'crashed') => {
    seen.nowMs = atMs
    window.webContents.emit('render-process-gone', {}, { reason, exitCode: 139 })
    await settle()
  }
  return { window, seen, answers, crash }
}

test('a page that is gone is loaded anew, and the log says why it went', async () => {
  const { seen, answers, crash } = open()
  await crash(1_000, 'oom')
  expect(seen).toMatchObject({ loads: 1, logged: ['window: its page is gone: oom, exit code 139'] })
  expect(answers).toHaveLength(0)
})

test('not while Electron still tells of it', () => {
  const { window, seen } = open()
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
  expect(seen.loads).toBe(0)
})

test('the fourth time within a minute the person is asked, and may try again', async () => {
  const { seen, answers, crash } = open()
  for (const atMs of [0, 10_000, 20_000, 30_000]) await crash(atMs)
  expect(seen.loads).toBe(3)
  expect(answers).toHaveLength(1)
  answers[0]?.(true)
  await settle()
  expect(seen.loads).toBe(4)
  // Counted anew from there.
  for (const atMs of [31_000, 32_000]) await crash(atMs)
  expect(seen.loads).toBe(6)
  await crash(33_000)
  expect(answers).toHaveLength(2)
  expect(quits).toBe(0)
})

test('whoever does not want that has the app end', async () => {
  const { seen, answers, crash } = open()
  await crash(0, 'integrity-failure')
  expect(seen.loads).toBe(0)
  answers[0]?.(false)
  await settle()
  expect({ loads: seen.loads, quits }).toEqual({ loads: 0, quits: 1 })
})

test('nothing is loaded once the app quits or the window is closed', async () => {
  const quitting = open()
  electron.app.emit('before-quit')
  await quitting.crash(0, 'killed')
  expect(quitting.seen).toMatchObject({ loads: 0, logged: [] })

  const closing = open()
  closing.window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 })
  closing.window.close()
  await settle()
  expect(closing.seen.loads).toBe(0)
  expect(electron.app.listenerCount('before-quit')).toBe(1)
})
