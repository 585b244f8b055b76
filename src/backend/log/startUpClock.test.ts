import { expect, test } from 'vitest'
import { createStartUpClock } from './startUpClock.ts'

test('steps are announced when they begin and measured when they end, also those that fail', async () => {
  let nowMs = 100
  const begun: string[] = []
  const clock = createStartUpClock(
    (step) => begun.push(step),
    () => nowMs,
  )
  await clock.measure('lock', async () => {
    nowMs += 3
  })
  const failing = clock.measure('postgres', async () => {
    nowMs += 240
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(begun).toEqual(['lock', 'postgres'])
  expect(clock.elapsedMs()).toBe(243)
  expect(clock.summary()).toBe('ready in 243 ms: lock 3, postgres 240')
})
