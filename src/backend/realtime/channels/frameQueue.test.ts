import { expect, test } from 'vitest'
import type { ClientFrame } from '../protocol/messages.ts'
import { createFrameQueue } from './frameQueue.ts'

function frame(event: string): ClientFrame {
  return { kind: 'message', joinRef: null, ref: null, topic: 't', event, payload: {} }
}

function eventOf(handled: ClientFrame): string {
  return handled.kind === 'message' ? handled.event : handled.kind
}

test('frames wait for the one before them, and keep their order', async () => {
  const handled: string[] = []
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const queue = createFrameQueue({
    maxWaiting: 2,
    handle: (next) => {
      handled.push(eventOf(next))
      return eventOf(next) === 'slow' ? held : null
    },
    onFailure: () => undefined,
  })
  queue.push(frame('slow'))
  expect(['a', 'b', 'c'].map((event) => queue.push(frame(event)))).toEqual([true, true, false])
  expect(handled).toEqual(['slow'])
  release()
  await expect.poll(() => handled).toEqual(['slow', 'a', 'b'])
})

test('a failure is reported and the next frame is handled', async () => {
  const handled: string[] = []
  const failures: string[] = []
  const queue = createFrameQueue({
    maxWaiting: 10,
    handle: (next) => {
      handled.push(eventOf(next))
      if (eventOf(next) === 'throws') throw new Error('at once')
      return eventOf(next) === 'rejects' ? Promise.reject(new Error('later')) : null
    },
    onFailure: (error) => failures.push(String(error)),
  })
  queue.begin(() => Promise.reject(new Error('first')))
  for (const event of ['throws', 'rejects', 'fine']) queue.push(frame(event))
  await expect.poll(() => handled).toEqual(['throws', 'rejects', 'fine'])
  expect(failures).toEqual(['Error: first', 'Error: at once', 'Error: later'])
})
