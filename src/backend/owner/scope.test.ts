import { expect, test } from 'vitest'
import { createScope } from './scope.ts'

test('everything is ended once, the last first, whatever fails', async () => {
  const ended: string[] = []
  const failed: string[] = []
  const scope = createScope((name) => failed.push(name))
  for (const name of ['database', 'api', 'gateway']) {
    scope.add(name, async () => {
      if (name === 'api') throw new Error('stuck')
      ended.push(name)
    })
  }
  await Promise.all([scope.end(), scope.end()])
  await scope.end()
  expect(ended).toEqual(['gateway', 'database'])
  expect(failed).toEqual(['api'])
})
