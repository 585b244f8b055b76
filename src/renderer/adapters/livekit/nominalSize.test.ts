import { expect, test } from 'vitest'
import { selectNominalSize } from './nominalSize.ts'

test.each([
  [640, 480, 960, 720],
  [160, 120, 960, 720],
  [640, 360, 1_280, 720],
  [1_920, 1_080, 1_280, 720],
  [480, 640, 720, 960],
  // Large enough for three layers.
  [480, 480, 960, 960],
  [1_280, 1_024, 960, 768],
])('a camera of %i×%i is announced as %i×%i', (width, height, announcedWidth, announcedHeight) => {
  expect(selectNominalSize({ width, height })).toEqual({ width: announcedWidth, height: announcedHeight })
})
