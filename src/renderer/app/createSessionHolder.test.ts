import { expect, test, vi } from 'vitest'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { SessionAddress } from './createSession.ts'
import { createSessionHolder } from './createSessionHolder.ts'

const ready = (url: string): BackendConnection => ({
  kind: 'ready',
  mode: 'embedded',
  url,
  publishableKey: 'key',
  livekitUrl: null,
})

function openHolder() {
  const disposed: string[] = []
  const opened: string[] = []
  const open = ({ url }: SessionAddress) => {
    opened.push(url)
    return Promise.resolve({ dispose: () => void disposed.push(url) })
  }
  return { holder: createSessionHolder(open), opened, disposed }
}

test('a backend that goes away and comes back under its address keeps its session', async () => {
  const { holder, opened } = openHolder()
  holder.handleConnection(ready('http://a'))
  await vi.waitFor(() => expect(holder.store.getState().session).not.toBeNull())
  holder.handleConnection({ kind: 'starting', step: '' })
  holder.handleConnection(ready('http://a'))
  expect(opened).toEqual(['http://a'])
  expect(holder.store.getState().session).not.toBeNull()
})

test('another address gets a session of its own, and the one before ends', async () => {
  const { holder, opened, disposed } = openHolder()
  holder.handleConnection(ready('http://a'))
  await vi.waitFor(() => expect(holder.store.getState().session).not.toBeNull())
  holder.handleConnection(ready('http://b'))
  await vi.waitFor(() => expect(disposed).toEqual(['http://a']))
  expect(opened).toEqual(['http://a', 'http://b'])
})

test('a session that was overtaken while it opened is not shown', async () => {
  const { holder, disposed } = openHolder()
  holder.handleConnection(ready('http://a'))
  holder.handleConnection(ready('http://b'))
  await vi.waitFor(() => expect(disposed).toEqual(['http://a']))
})
