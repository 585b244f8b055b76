import { expect, test, vi } from 'vitest'
import { returnStartUpMemory } from './returnStartUpMemory.ts'

test('what nobody refers to any more is gone, and programs still have no way to collect', async () => {
  // `null` once it was collected.
  const rubbish = new WeakRef(Array.from({ length: 1_000 }, (_unused, at) => ({ at })))
  const said: string[] = []
  const log = { info: (line: string) => said.push(line), warn: () => undefined, error: () => undefined }
  returnStartUpMemory(log, 1)
  await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 20_000 })
  expect(rubbish.deref()).toBeUndefined()
  expect(Reflect.get(globalThis, 'gc')).toBeUndefined()
})
