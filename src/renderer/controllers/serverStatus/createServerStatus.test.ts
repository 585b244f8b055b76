import { expect, test } from 'vitest'
import type { ServerReading } from '../../core/ports/serverStatus.ts'
import { createServerStatus } from './createServerStatus.ts'

test('each reading shows as soon as it is there; of two rounds the latest counts', async () => {
  const answers: ((reading: ServerReading) => void)[] = []
  const status = createServerStatus({
    mediaServer: () => Promise.resolve('works'),
    relay: () => new Promise((resolve) => answers.push(resolve)),
  })
  const first = status.check()
  await Promise.resolve()
  expect(status.store.getState()).toEqual({ mediaServer: 'works', relay: 'asking' })
  const second = status.check()
  answers[1]?.('notSetUp')
  await second
  answers[0]?.('silent')
  await first
  expect(status.store.getState()).toEqual({ mediaServer: 'works', relay: 'notSetUp' })
})
