import { describe, expect, test } from 'vitest'
import {
  defaultSize,
  minimumSize,
  parseWindowPlace,
  planCompactBounds,
  planWindowBounds,
} from './windowBounds.ts'

const screen = { x: 0, y: 25, width: 1440, height: 875 }
const right = { x: 1440, y: 0, width: 1920, height: 1080 }
const at = (x: number, y: number, width = 1100, height = 740) => ({
  bounds: { x, y, width, height },
  maximized: false,
})

describe('planWindowBounds', () => {
  test.each([
    ['a first start', null, [screen], defaultSize],
    ['where it was', at(100, 100), [screen], { x: 100, y: 100, width: 1100, height: 740 }],
    ['on the second display', at(1500, 50), [screen, right], { x: 1500, y: 50, width: 1100, height: 740 }],
    ['a display that is gone', at(1500, 50), [screen], { width: 1100, height: 740 }],
    ['a title bar above the screen', at(10, 0), [screen], { x: 10, y: 25, width: 1100, height: 740 }],
    ['larger than the display', at(0, 25, 3000, 2000), [screen], { x: 0, y: 25, width: 1440, height: 875 }],
    ['smaller than the layout', at(0, 25, 100, 100), [screen], { x: 0, y: 25, ...minimumSize }],
    ['almost outside', at(1430, 100), [screen], { width: 1100, height: 740 }],
  ])('%s', (_what, remembered, areas, expected) => {
    expect(planWindowBounds(remembered, areas)).toEqual(expected)
  })
})

describe('planCompactBounds', () => {
  const strip = { width: 320, height: 96 }

  test.each([
    ['in the corner of the only display', at(100, 100).bounds, [screen], { x: 1_072, y: 756 }],
    [
      'of the display that has most of the window',
      at(1_300, 100).bounds,
      [screen, right],
      { x: 2_992, y: 936 },
    ],
    ['without a display, in the window’s own corner', at(0, 0).bounds, [], { x: 732, y: 596 }],
  ])('%s', (_what, large, areas, expected) => {
    expect(planCompactBounds(large, areas, strip)).toEqual({ ...strip, ...expected })
  })
})

describe('parseWindowPlace', () => {
  test.each(['', '{}', 'null', '{"bounds":{"x":1e9,"y":0,"width":1,"height":1},"maximized":false}'])(
    '%j is no place',
    (text) => {
      expect(parseWindowPlace(text)).toBeNull()
    },
  )

  test('reads what was written', () => {
    expect(parseWindowPlace(JSON.stringify(at(1, 2)))).toEqual(at(1, 2))
  })
})
