import { EventEmitter } from 'node:events'
import type { App, Session } from 'electron'
import { describe, expect, test } from 'vitest'
import { guardContents } from './guardContents.ts'
import { guardSession } from './guardSession.ts'

/** Contents that remember their window-open handler. */
class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
}

function guardedContents(): FakeContents {
  const app = new EventEmitter()
  guardContents(app as unknown as App)
  const contents = new FakeContents()
  app.emit('web-contents-created', {}, contents)
  return contents
}

function isPrevented(contents: FakeContents, name: string, url: string, isMainFrame = true): boolean {
  let prevented = false
  contents.emit(name, {
    url,
    isMainFrame,
    preventDefault: () => {
      prevented = true
    },
  })
  return prevented
}

describe('guardContents', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'refuses %s away from the app',
    (name) => {
      const contents = guardedContents()
      expect(isPrevented(contents, name, 'https://example.com/')).toBe(true)
      expect(isPrevented(contents, name, 'app://other/')).toBe(true)
      expect(isPrevented(contents, name, 'javascript:alert(1)')).toBe(true)
      expect(isPrevented(contents, name, 'app://studyhall/')).toBe(false)
    },
  )

  test('refuses to lead a frame anywhere, to the app’s own pages too', () => {
    const contents = guardedContents()
    expect(isPrevented(contents, 'will-frame-navigate', 'https://example.com/', false)).toBe(true)
    expect(isPrevented(contents, 'will-frame-navigate', 'app://studyhall/', false)).toBe(true)
  })

  test('refuses webviews and new windows', () => {
    const contents = guardedContents()
    expect(isPrevented(contents, 'will-attach-webview', '')).toBe(true)
    expect(contents.openHandler?.({ url: 'app://studyhall/' })).toEqual({ action: 'deny' })
  })
})

describe('guardSession', () => {
  interface Handlers {
    check: (contents: null, permission: string, origin: string, details: object) => boolean
    request: (contents: null, permission: string, answer: (granted: boolean) => void, details: object) => void
    device: (details: object) => boolean
  }

  function guarded(isScreenChosen = () => false): Handlers {
    const handlers: Partial<Handlers> = {}
    const session = {
      setPermissionCheckHandler: (handler: Handlers['check']) => (handlers.check = handler),
      setPermissionRequestHandler: (handler: Handlers['request']) => (handlers.request = handler),
      setDevicePermissionHandler: (handler: Handlers['device']) => (handlers.device = handler),
    } as unknown as Session
    guardSession(session, isScreenChosen)
    return handlers as Handlers
  }

  test('checks and requests are answered alike', () => {
    const { check, request } = guarded()
    const details = { isMainFrame: true, requestingUrl: 'app://studyhall/' }
    const answers: boolean[] = []
    request(null, 'media', (granted) => answers.push(granted), details)
    request(null, 'geolocation', (granted) => answers.push(granted), details)
    expect(answers).toEqual([true, false])
    expect(check(null, 'media', 'app://studyhall/', details)).toBe(true)
    expect(check(null, 'media', '', details)).toBe(true)
    expect(check(null, 'media', 'https://example.com', details)).toBe(false)
  })

  test.each(['hid', 'serial', 'usb'])('a %s device is given to nobody', (deviceType) => {
    expect(guarded().device({ deviceType, origin: 'app://studyhall', device: {} })).toBe(false)
  })

  test('a screen may be asked for while one is chosen, and not before', () => {
    let isChosen = false
    const { check, request } = guarded(() => isChosen)
    const details = { isMainFrame: true, requestingUrl: 'app://studyhall/' }
    const answers: boolean[] = []
    request(null, 'display-capture', (granted) => answers.push(granted), details)
    isChosen = true
    request(null, 'display-capture', (granted) => answers.push(granted), details)
    expect(answers).toEqual([false, true])
    expect(check(null, 'display-capture', 'app://studyhall/', details)).toBe(true)
  })
})
