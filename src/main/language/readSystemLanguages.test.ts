import { expect, test } from 'vitest'
import { readSystemLanguages } from './readSystemLanguages.ts'

test.each([
  [undefined, ['fr-CH', 'de']],
  ['', ['fr-CH', 'de']],
  ['ja', ['ja']],
  ['de-AT, en', ['de-AT', 'en']],
])('STUDYHALL_LANGUAGES=%s', (stated, wanted) => {
  expect(readSystemLanguages({ STUDYHALL_LANGUAGES: stated }, () => ['fr-CH', 'de'])).toEqual(wanted)
})
