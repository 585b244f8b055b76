import { describe, expect, test } from 'vitest'
import { defaultSize, minimumSize, parseWindowPlace, planWindowBounds } from './windowBounds.ts'

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
