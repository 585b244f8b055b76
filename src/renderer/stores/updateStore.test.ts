import { expect, test } from 'vitest'
import type { UpdateState } from '../../shared/updates/updateState.ts'
import { createUpdateStore } from './updateStore.ts'

test('shows what the updater says until it is ended, and hands on the wishes to look and to restart', () => {
  const listeners = new Set<(state: UpdateState) => void>()
  let restarts = 0
  let checks = 0
  const updates = createUpdateStore({
    watchUpdates: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    checkForUpdates: () => {
      checks += 1
    },
    restartToUpdate: () => {
      restarts += 1
    },
  })
  expect(updates.store.getState()).toEqual({ kind: 'off' })
  for (const tell of listeners) tell({ kind: 'ready', version: '1.2.0' })
  expect(updates.store.getState()).toEqual({ kind: 'ready', version: '1.2.0' })
  updates.check()
  expect({ checks, restarts }).toEqual({ checks: 1, restarts: 0 })
  updates.restart()
  expect(restarts).toBe(1)
  updates.dispose()
  expect(listeners.size).toBe(0)
})
