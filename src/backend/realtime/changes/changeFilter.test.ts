import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareValues, matchesFilter, parseFilter, type PreparedCondition } from './changeFilter.ts'

describe('a filter', () => {
  test.each([
    ['', []],
    ['id=eq.5', [['id', 'eq', false, '5']]],
    ['id=not.eq.5', [['id', 'eq', true, '5']]],
    ['id=in.(1,2)', [['id', 'in', false, '{1,2}']]],
    [
      'a=gt.1,b=in.(x,y),c=neq.z',
      [
        ['a', 'gt', false, '1'],
        ['b', 'in', false, '{x,y}'],
        ['c', 'neq', false, 'z'],
      ],
    ],
    ['name=eq."a,b"', [['name', 'eq', false, 'a,b']]],
    [String.raw`name=eq."a\"b"`, [['name', 'eq', false, 'a"b']]],
    ['note=eq.a=b.c', [['note', 'eq', false, 'a=b.c']]],
  ])('%j is read', (text, expected) => {
    const parsed = parseFilter(text)
    expect(
      parsed.ok &&
        parsed.value.map(({ column, operator, negated, value }) => [column, operator, negated, value]),
    ).toEqual(expected)
  })

  test.each([
    ['undefined', '["undefined"]'],
    ['id=foo.5', '["foo", "5"]'],
    ['id=in.1,2', '`in` filter value must be wrapped by parentheses'],
    ['id=eq.1,,x=eq.2', 'filter must not contain empty segments (check for extra commas)'],
  ])('%j is refused in words', (text, words) => {
    expect(parseFilter(text)).toEqual({ ok: false, error: words })
  })
})

function condition(partial: Partial<PreparedCondition>): PreparedCondition {
  return { column: 'x', operator: 'eq', negated: false, valueKind: 'text', values: ['a'], ...partial }
}

function matches(partial: Partial<PreparedCondition>, value: string | null): boolean {
  return matchesFilter([condition(partial)], new Map([['x', value]]))
}

describe('a condition', () => {
  test.each([
    ['decimals by value, not by text', { valueKind: 'decimal', values: ['1.50'] }, '1.5', true],
    [
      'large numbers exactly',
      { valueKind: 'decimal', values: ['9007199254740993'] },
      '9007199254740992',
      false,
    ],
    ['negative numbers', { operator: 'lt', valueKind: 'decimal', values: ['-1.25'] }, '-1.3', true],
    [
      'a NaN above all',
      { operator: 'gt', valueKind: 'decimal', values: ['1e9'.replace('e9', '000')] },
      'NaN',
      true,
    ],
    [
      'floats with exponents',
      { operator: 'gte', valueKind: 'float', values: ['1e+20'] },
      '200000000000000000000',
      true,
    ],
    [
      'dates as text of one form',
      { operator: 'lt', values: ['2030-01-02 00:00:00+00'] },
      '2030-01-01 10:00:00.5+00',
      true,
    ],
    ['members of a list', { operator: 'in', values: ['a', 'b'] }, 'b', true],
    ['like', { operator: 'like', values: ['a%_'] }, 'axyz', true],
    ['like, case and all', { operator: 'like', values: ['A%'] }, 'abc', false],
    ['ilike', { operator: 'ilike', values: ['A.C'] }, 'a.c', true],
    ['a dot as a dot', { operator: 'ilike', values: ['A.C'] }, 'abc', false],
    ['is null', { operator: 'is', values: ['null'] }, null, true],
    ['is not null', { operator: 'is', values: ['null'], negated: true }, 'a', true],
    ['is true', { operator: 'is', values: ['true'] }, 't', true],
    ['distinctness of null', { operator: 'isdistinct', values: ['a'] }, null, true],
  ] as const)('compares %s', (_name, partial, value, expected) => {
    expect(matches(partial, value)).toBe(expected)
  })

  test.each(['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in', 'like'] as const)(
    'never holds for null, nor does its opposite: %s',
    (operator) => {
      expect(matches({ operator }, null)).toBe(false)
      expect(matches({ operator, negated: true }, null)).toBe(false)
    },
  )

  test('on a column that did not arrive does not hold', () => {
    expect(matchesFilter([condition({})], new Map())).toBe(false)
  })

  test('orders decimals as numbers are ordered', () => {
    const decimal = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 999 }))
    fc.assert(
      fc.property(decimal, decimal, ([a, af], [b, bf]) => {
        const [left, right] = [`${a}.${String(af).padStart(3, '0')}`, `${b}.${String(bf).padStart(3, '0')}`]
        expect(Math.sign(compareValues('decimal', left, right))).toBe(Math.sign(Number(left) - Number(right)))
      }),
    )
  })
})
