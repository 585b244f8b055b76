import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ImpatientSocket } from './ImpatientSocket.ts'

/** Takes connections and never says a word, like the far end of a path that is gone. */
let silent: Server
let url = ''

beforeEach(async () => {
  silent = createServer((socket) => socket.on('error', () => socket.destroy()))
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve)
  })
  const address = silent.address()
  url = `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})

afterEach(() => {
  silent.close()
})

function codesOf(socket: WebSocket): readonly number[] {
  const codes: number[] = []
  // Once, as supabase-js listens.
  socket.addEventListener('close', ({ code }) => codes.push(code), { once: true })
  return codes
}

test('one that is abandoned says so at once, and looks closed and empty', () => {
  const socket = new ImpatientSocket(url)
  const codes = codesOf(socket)
  expect(socket.readyState).toBe(WebSocket.CONNECTING)
  socket.abandon()
  expect(codes).toEqual([1006])
  expect(socket.readyState).toBe(WebSocket.CLOSED)
  expect(socket.bufferedAmount).toBe(0)
})

test('one that is closed waits for nobody, and cannot be abandoned after it', () => {
  const socket = new ImpatientSocket(url)
  const codes = codesOf(socket)
  socket.close()
  expect(socket.readyState).toBe(WebSocket.CLOSED)
  socket.abandon()
  // Browsers tell it later, Node at once; nobody tells it twice.
  expect(codes.length).toBeLessThanOrEqual(1)
})

test('one that nobody answers is given up', { timeout: 10_000 }, async () => {
  const socket = new ImpatientSocket(url)
  const code = await new Promise((resolve) => {
    socket.addEventListener('close', (event) => resolve(event.code))
  })
  expect(code).toBe(1006)
  expect(socket.readyState).toBe(WebSocket.CLOSED)
})
