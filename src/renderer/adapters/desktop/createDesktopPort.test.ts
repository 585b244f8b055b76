import { describe, expect, test, vi } from 'vitest'
import type { BackendConnection } from '../../../shared/ipc/contract.ts'
import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import { err, ok } from '../../../shared/result.ts'
import { defaultSettings } from '../../../shared/settings/settings.ts'
import { createDesktopPort } from './createDesktopPort.ts'

const ready: BackendConnection = {
  kind: 'ready',
  mode: 'embedded',
  url: 'http://127.0.0.1:1',
  publishableKey: 'key',
  livekitUrl: null,
}
const starting: BackendConnection = { kind: 'starting', step: 'Starting the database' }
const failed = err({ kind: 'failed', message: 'The desktop part did not answer.' } as const)

function fakeDesktop() {
  const listeners = new Set<(connection: BackendConnection) => void>()
  let answer: (value: BackendConnection) => void = () => undefined
  const api = {
    backend: {
      connection: () =>
        new Promise((resolve) => {
          answer = (value) => resolve(ok(value))
        }),
      onChanged: (listener: (connection: BackendConnection) => void) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    settings: { get: () => Promise.resolve(failed), onChanged: () => () => undefined },
    session: { load: () => Promise.resolve(failed) },
  }
  return {
    // Only what is listed above is ever reached.
    desktop: api as unknown as DesktopApi,
    tell: (connection: BackendConnection) => {
      for (const listener of listeners) listener(connection)
    },
    answer: (connection: BackendConnection) => answer(connection),
    listeners,
  }
}

describe('the backend, as the desktop tells it', () => {
  test('comes as the answer to the first question', async () => {
    const fake = fakeDesktop()
    const seen = vi.fn<(connection: BackendConnection) => void>()
    createDesktopPort(fake.desktop).watchBackend(seen)
    fake.answer(starting)
    await vi.waitFor(() => expect(seen.mock.calls).toEqual([[starting]]))
  })

  test('a change that overtakes the answer is not undone by it', async () => {
    const fake = fakeDesktop()
    const seen = vi.fn<(connection: BackendConnection) => void>()
    createDesktopPort(fake.desktop).watchBackend(seen)
    fake.tell(ready)
    fake.answer(starting)
    await Promise.resolve()
    expect(seen.mock.calls).toEqual([[ready]])
  })

  test('after the end nothing is told', () => {
    const fake = fakeDesktop()
    const seen = vi.fn<(connection: BackendConnection) => void>()
    const end = createDesktopPort(fake.desktop).watchBackend(seen)
    end()
    fake.tell(ready)
    expect(seen).not.toHaveBeenCalled()
    expect(fake.listeners.size).toBe(0)
  })
})

test('settings that cannot be had are the usual ones', async () => {
  const seen = vi.fn<(snapshot: unknown) => void>()
  createDesktopPort(fakeDesktop().desktop).watchSettings(seen)
  await vi.waitFor(() => expect(seen).toHaveBeenCalledWith({ settings: defaultSettings, notice: null }))
})

test('a session that cannot be read is none', async () => {
  expect(await createDesktopPort(fakeDesktop().desktop).session.load('key')).toBeNull()
})
