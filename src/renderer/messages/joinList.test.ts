import { expect, test } from 'vitest'
import { joinList } from './joinList.ts'

test.each([
  ['en', 'Ada, Ben'],
  ['pt-BR', 'Ada, Ben'],
  ['ja', 'Ada、Ben'],
  ['zh-Hans', 'Ada、Ben'],
  ['ar', 'Ada، Ben'],
])('%s has its own comma', (language, joined) => {
  expect(joinList(language, ['Ada', 'Ben'])).toBe(joined)
  expect(joinList(language, ['Ada'])).toBe('Ada')
  expect(joinList(language, [])).toBe('')
})
