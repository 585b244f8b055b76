import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordedPerson } from '../ports/recorder.ts'
import { fitPicture, planRecordedPicture } from './planRecordedPicture.ts'

const box = { width: 1_264, height: 704, gap: 8 }
const person = (name: string | null, fields: Partial<RecordedPerson> = {}): RecordedPerson => ({
  connectionId: name,
  displayName: name ?? 'Ada',
  hasCamera: true,
  hasScreen: false,
  ...fields,
})

test('everybody has a place, with initials where there is no camera', () => {
  const tiles = planRecordedPicture([person('Ben'), person(null, { hasCamera: false })], box)
  expect(tiles.map(({ connectionId, picture }) => [connectionId, picture])).toEqual([
    ['Ben', 'camera'],
    [null, null],
  ])
})

test('a shared screen has the large place, and its owner a small one', () => {
  const [screen, ...small] = planRecordedPicture([person('Ben'), person('Chloe', { hasScreen: true })], box)
  expect(screen).toMatchObject({ connectionId: 'Chloe', picture: 'screen' })
  expect(small.map(({ picture }) => picture)).toEqual(['camera', 'camera'])
  expect(screen?.rect.width ?? 0).toBeGreaterThan(4 * (small[0]?.rect.width ?? 0))
})

test('no tile leaves the picture or lies on another, however many are here', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.boolean(), (count, hasScreen) => {
      const people = Array.from({ length: count }, (_, index) =>
        person(`p${index}`, { hasScreen: hasScreen && index === 0 }),
      )
      const rects = planRecordedPicture(people, box).map(({ rect }) => rect)
      // Beside a screen as many as fit, and it itself.
      expect(rects.length).toBe(hasScreen ? Math.min(count, 5) + 1 : count)
      for (const [index, a] of rects.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(-0.01)
        expect(a.y).toBeGreaterThanOrEqual(-0.01)
        expect(a.x + a.width).toBeLessThanOrEqual(box.width + 0.01)
        expect(a.y + a.height).toBeLessThanOrEqual(box.height + 0.01)
        for (const b of rects.slice(index + 1)) {
          const isApart =
            a.x + a.width <= b.x + 0.01 ||
            b.x + b.width <= a.x + 0.01 ||
            a.y + a.height <= b.y + 0.01 ||
            b.y + b.height <= a.y + 0.01
          expect(isApart).toBe(true)
        }
      }
    }),
  )
})

test.each([
  [
    'a wide picture fills a square from its middle',
    'cover',
    { x: 80, y: 0, width: 160, height: 160 },
    { x: 10, y: 0, width: 100, height: 100 },
  ],
  [
    'or fits into it whole',
    'contain',
    { x: 0, y: 0, width: 320, height: 160 },
    { x: 10, y: 25, width: 100, height: 50 },
  ],
] as const)('%s', (_, fit, source, target) => {
  const rect = { x: 10, y: 0, width: 100, height: 100 }
  expect(fitPicture({ width: 320, height: 160 }, rect, fit)).toEqual({ source, target })
})
