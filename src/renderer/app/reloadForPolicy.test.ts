import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import { reloadForPolicy } from './reloadForPolicy.ts'

const ready = (mode: 'embedded' | 'hosted' | 'nearby'): BackendConnection => ({
  kind: 'ready',
  mode,
  url: 'http://127.0.0.1:1',
  publishableKey: 'k',
  livekitUrl: null,
})
const starting: BackendConnection = { kind: 'starting', step: '' }

function follow(connections: readonly BackendConnection[]): number {
  const store = createStore<BackendConnection>(() => starting)
  let reloads = 0
  reloadForPolicy({ store }, () => (reloads += 1))
  for (const connection of connections) store.setState(connection, true)
  return reloads
}

test('between one’s own rooms and a host’s nothing is loaded anew', () => {
  expect(follow([starting, ready('embedded'), ready('nearby'), starting, ready('embedded')])).toBe(0)
})

test('to a hosted backend and from it the page needs another policy', () => {
  expect(follow([ready('embedded'), ready('hosted')])).toBe(1)
  expect(follow([ready('hosted'), ready('nearby')])).toBe(1)
  expect(follow([ready('hosted'), ready('hosted')])).toBe(0)
})
