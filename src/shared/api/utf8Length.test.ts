import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8Length } from './utf8Length.ts'

describe('the length of a text in UTF-8', () => {
  test('is that of the encoder, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
      }),
    )
  })

  test('counts a lone surrogate as the character that replaces it', () => {
    expect(utf8Length('a\uD800b')).toBe(new TextEncoder().encode('a\uD800b').length)
  })
})
