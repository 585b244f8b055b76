import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planFocus } from './planFocus.ts'

const anyBox = fc.record({
  width: fc.integer({ min: 0, max: 3_000 }),
  height: fc.integer({ min: 0, max: 2_000 }),
  gap: fc.constant(12),
})

test('timer and own picture stand in the box and not on each other', () => {
  fc.assert(
    fc.property(anyBox, fc.boolean(), (box, hasSelf) => {
      const { timer, self } = planFocus(box, hasSelf)
      // Without one of them the other has all.
      const own = self ?? { x: 0, y: box.height, width: 0, height: 0 }
      expect(self === null || hasSelf).toBe(true)
      expect(timer.width).toBe(box.width)
      expect(timer.height === box.height || self !== null).toBe(true)
      expect(own.x).toBeGreaterThanOrEqual(0)
      expect(own.x + own.width).toBeLessThanOrEqual(box.width)
      expect(own.y).toBeGreaterThanOrEqual(timer.height)
      expect(own.y + own.height).toBeLessThanOrEqual(box.height)
    }),
  )
})

test('one’s own picture stays small, and gives way where there is hardly any space', () => {
  expect(planFocus({ width: 1_920, height: 1_000, gap: 12 }, true).self?.width).toBe(288)
  expect(planFocus({ width: 300, height: 120, gap: 12 }, true).self).toBeNull()
})
