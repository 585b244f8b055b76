import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TileRect } from './planGrid.ts'
import { planStage, selectStripCapacity } from './planStage.ts'

const ordinary = { width: 1_068, height: 560, gap: 12 }
const narrow = { width: 400, height: 640, gap: 12 }

const isApart = (a: TileRect, b: TileRect): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

describe('planStage', () => {
  test('the strip stands beside the large tile in an ordinary window, below it in a narrow one', () => {
    const [wide, tall] = [planStage(3, ordinary), planStage(3, narrow)]
    expect(wide.main.height).toBe(560)
    expect(wide.strip.every(({ x }) => x > wide.main.width)).toBe(true)
    expect(tall.main.width).toBe(400)
    expect(tall.strip.every(({ y }) => y > tall.main.height)).toBe(true)
  })

  test('without anybody else the large tile has all the space', () => {
    expect(planStage(0, ordinary).main).toEqual({ x: 0, y: 0, width: 1_068, height: 560 })
  })

  test('more than fit are left out', () => {
    expect(selectStripCapacity(ordinary)).toBe(4)
    expect(planStage(40, ordinary).strip).toHaveLength(4)
  })

  test('no space needs no tile', () => {
    expect(planStage(3, { width: 0, height: 0, gap: 12 }).strip).toEqual([])
  })

  const anyBox = fc.record({
    width: fc.integer({ min: 160, max: 4_000 }),
    height: fc.integer({ min: 160, max: 2_400 }),
    gap: fc.integer({ min: 0, max: 12 }),
  })

  test('nothing overlaps or stands outside, small tiles are of one size, and the large one has most of the space', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), anyBox, (count, box) => {
        const { main, strip } = planStage(count, box)
        const all = [main, ...strip]
        for (const [index, tile] of all.entries()) {
          expect(Math.min(tile.x, tile.y)).toBeGreaterThanOrEqual(0)
          expect(tile.x + tile.width).toBeLessThanOrEqual(box.width + 1)
          expect(tile.y + tile.height).toBeLessThanOrEqual(box.height + 1)
          expect(all.slice(index + 1).every((other) => isApart(tile, other))).toBe(true)
        }
        for (const { width, height } of strip)
          expect([width, height]).toEqual([strip[0]?.width, strip[0]?.height])
        expect(main.width * main.height).toBeGreaterThan((box.width * box.height) / 2)
        expect(strip.length).toBe(Math.min(count, selectStripCapacity(box)))
      }),
    )
  })
})
