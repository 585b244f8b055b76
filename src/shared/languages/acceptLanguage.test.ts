import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAcceptLanguage } from './acceptLanguage.ts'
import { languages, matchLanguage } from './languages.ts'

test.each([
  ['', []],
  ['de', ['de']],
  ['de-CH, fr;q=0.9, en;q=0.8, *;q=0.1', ['de-CH', 'fr', 'en']],
  ['en;q=0.2, ja;q=0.7', ['ja', 'en']],
  ['fr;q=0.5,es;q=0.5,de', ['de', 'fr', 'es']],
  ['en;q=0, ar', ['ar']],
  ['en ; q=0.1 , pt-BR', ['pt-BR', 'en']],
  ['zh-Hans-CN;q=1.000', ['zh-Hans-CN']],
  ['*', []],
  ['de;q=2, fr;q=x, es;q=-1, ja;q=0.1234', []],
  ['de;level=1', []],
  ['<script>, de', ['de']],
  [`${'de,'.repeat(200)}fr`, []],
])('%j wants %j', (header, wanted) => {
  expect(readAcceptLanguage(header)).toEqual(wanted)
})

test('any header ends in a language that is spoken', () => {
  const tags = languages.map(({ tag }) => tag as string)
  const piece = fc.oneof(
    fc.constantFrom(...tags, ',', ';q=', '0.5', '1', '*', ' '),
    fc.string({ maxLength: 3 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(tags).toContain(matchLanguage(readAcceptLanguage(pieces.join(''))))
    }),
  )
})
