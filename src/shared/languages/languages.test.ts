import { expect, test } from 'vitest'
import { directionOf, languages, matchLanguage } from './languages.ts'

test.each([
  [['de'], 'de'],
  [['de-AT', 'en'], 'de'],
  [['pt-PT'], 'pt-BR'],
  [['es-419', 'fr'], 'es'],
  [['nl', 'fr-CA', 'de'], 'fr'],
  [['zh'], 'zh-Hans'],
  [['zh-CN'], 'zh-Hans'],
  [['zh-SG', 'en'], 'zh-Hans'],
  [['zh-TW', 'ja'], 'ja'],
  [['zh-TW'], 'zh-Hans'],
  [['ar-EG'], 'ar'],
  [['fa'], 'en'],
  [['de_DE', 'C', '', 'fr'], 'fr'],
  [[], 'en'],
] as const)('who wants %j gets %s', (wanted, expected) => {
  expect(matchLanguage(wanted)).toBe(expected)
})

test.each(languages)('$name is found by its own tag', ({ tag }) => {
  expect(matchLanguage([tag])).toBe(tag)
})

test.each(languages)('$name is what CLDR calls $tag in itself', ({ tag, name }) => {
  const known = new Intl.DisplayNames(tag, { type: 'language' }).of(tag)
  expect(known?.toLocaleLowerCase(tag)).toBe(name.toLocaleLowerCase(tag))
})

test('Arabic alone is read from right to left', () => {
  expect(languages.filter(({ tag }) => directionOf(tag) === 'rtl').map(({ tag }) => tag)).toEqual(['ar'])
})
