import { expect, test, vi } from 'vitest'
import { withQuietConsole } from './quietConsole.ts'

test('inside only the kind and code of an error get out; outside the console is as ever', async () => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const lines: string[] = []
  const error = Object.assign(new TypeError('Key (email)=(ada@example.test) exists'), { code: '23505' })
  await withQuietConsole(
    (line) => lines.push(line),
    async () => {
      console.error('failed for ada@example.test:', error)
      await Promise.resolve()
      console.log('a row', { email: 'ada@example.test' })
    },
  )
  expect(lines).toEqual(['TypeError 23505', 'a message'])
  printed.mockRestore()
})
