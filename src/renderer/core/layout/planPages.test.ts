import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PAGE_MAX_TILES, planPages } from './planPages.ts'

test.each([
  [0, 0, { page: 0, pageCount: 1, start: 0, end: 0 }],
  [8, 0, { page: 0, pageCount: 1, start: 0, end: 8 }],
  [9, 0, { page: 0, pageCount: 2, start: 0, end: 8 }],
  [9, 1, { page: 1, pageCount: 2, start: 8, end: 9 }],
  [49, 6, { page: 6, pageCount: 7, start: 48, end: 49 }],
  // Those of the last page have left meanwhile.
  [16, 6, { page: 1, pageCount: 2, start: 8, end: 16 }],
] as const)('%s others, page %s', (count, wanted, plan) => {
  expect(planPages(count, wanted)).toEqual(plan)
})

test('a strip has pages of its own', () => {
  expect(planPages(7, 1, 3)).toEqual({ page: 1, pageCount: 3, start: 3, end: 6 })
})

test('everybody stands on exactly one page, and no page is too full', () => {
  fc.assert(
    fc.property(fc.nat({ max: 60 }), (count) => {
      const { pageCount } = planPages(count, 0)
      const pages = Array.from({ length: pageCount }, (_, page) => planPages(count, page))
      const shown = pages.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, at) => start + at),
      )
      expect(shown).toEqual(Array.from({ length: count }, (_, index) => index))
      for (const { start, end } of pages) expect(end - start + 1).toBeLessThanOrEqual(PAGE_MAX_TILES)
    }),
  )
})
