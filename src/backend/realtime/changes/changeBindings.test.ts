import { describe, expect, test } from 'vitest'
import { numberBindings, parseBinding } from './changeBindings.ts'

describe('bindings', () => {
  test('that are equal have equal numbers, and others have others', () => {
    const insert = { event: 'INSERT', schema: 'public', table: 'notes' }
    const remove = { event: 'DELETE', schema: 'public', table: 'notes' }
    const [first, second, third] = numberBindings([insert, remove, { ...insert }])
    expect(first?.id).toBe(third?.id)
    expect(first?.id).not.toBe(second?.id)
    expect(numberBindings([insert])[0]?.id).toBe(first?.id)
  })

  test.each([
    [{ schema: 'public' }, { action: '*', schema: 'public', table: '*' }],
    [
      { table: 'notes', event: 'insert' },
      { action: 'INSERT', schema: 'public', table: 'notes' },
    ],
    [
      { table: 'notes', event: 'anything', select: ['id', 5] },
      { action: '*', select: ['id'] },
    ],
  ])('%j are completed', (params, expected) => {
    expect(parseBinding(params)).toMatchObject({ ok: true, value: expected })
  })

  test.each([
    [{}, /^No subscription params provided/],
    [{ table: 'notes', filter: 'x' }, /^Error parsing `filter` params: \["x"\]/],
    [{ schema: 'public', select: ['id'] }, /^Column selection is not supported for wildcard/],
    [{ table: 'notes', select: 'id' }, /^Error parsing `select` params/],
  ])('%j are refused in words', (params, words) => {
    const parsed = parseBinding(params)
    expect(parsed.ok ? '' : parsed.error).toMatch(words)
  })
})
