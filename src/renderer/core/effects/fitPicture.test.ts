import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coverPicture, fitPicture } from './fitPicture.ts'

test.each([
  ['a photo', 4000, 3000, 960, 720],
  ['a wide screen', 3840, 2160, 1280, 720],
  ['one that stands', 3000, 4000, 540, 720],
  ['a small one, which stays', 640, 360, 640, 360],
  ['a line', 50_000, 1, 1280, 1],
])('%s', (_what, width, height, fittedWidth, fittedHeight) => {
  expect(fitPicture({ width, height })).toEqual({ width: fittedWidth, height: fittedHeight })
})

test('a picture covers all, is not stretched, and shows its middle', () => {
  const side = fc.integer({ min: 1, max: 5000 })
  const size = fc.record({ width: side, height: side })
  fc.assert(
    fc.property(size, size, (picture, canvas) => {
      const { left, top, width, height } = coverPicture(picture, canvas)
      expect(left).toBeLessThanOrEqual(1e-6)
      expect(top).toBeLessThanOrEqual(1e-6)
      expect(left + width).toBeGreaterThanOrEqual(canvas.width - 1e-6)
      expect(top + height).toBeGreaterThanOrEqual(canvas.height - 1e-6)
      expect(width / picture.width).toBeCloseTo(height / picture.height, 6)
      expect(left).toBeCloseTo(canvas.width - left - width, 6)
    }),
  )
})
