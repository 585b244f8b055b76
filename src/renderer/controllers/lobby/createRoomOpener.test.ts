import { expect, test } from 'vitest'
import { err, ok } from '../../../shared/result.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { createRoomOpener } from './createRoomOpener.ts'

/** A backend that opens one room a key, and whose answers may be lost on their way. */
function openBackend(failures: readonly (RoomsFailure['kind'] | null)[]) {
  const keys: string[] = []
  const opened = new Set<string>()
  let ids = 0
  const opener = createRoomOpener(
    {
      create(_request, key) {
        const failure = failures[keys.length] ?? null
        keys.push(key)
        if (failure === null || failure === 'unreachable') opened.add(key)
        return Promise.resolve(
          failure === null ? ok({ roomId: key }) : err({ kind: failure, message: '', retryAfterMs: null }),
        )
      },
    },
    () => `key ${++ids}`,
  )
  return { opener, keys, opened }
}

test('an answer that was lost never makes two rooms', async () => {
  const { opener, keys, opened } = openBackend(['unreachable', 'unreachable'])
  await opener({ name: 'Thesis hour' })
  await opener({ name: 'Thesis hour' })
  expect(await opener({ name: 'Thesis hour' })).toEqual(ok({ roomId: 'key 1' }))
  expect(keys).toEqual(['key 1', 'key 1', 'key 1'])
  expect(opened.size).toBe(1)
})

test('what was refused, changed or done is another question next time', async () => {
  const { opener, keys } = openBackend(['rate_limited', 'unreachable'])
  await opener({ name: 'Thesis hour' })
  await opener({ name: 'Thesis hour' })
  await opener({ name: 'Law' })
  await opener({ name: 'Law' })
  expect(keys).toEqual(['key 1', 'key 2', 'key 3', 'key 4'])
})
