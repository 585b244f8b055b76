import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planGrid } from './planGrid.ts'

const window1100 = { width: 1068, height: 600, gap: 12 }

describe('planGrid', () => {
  test.each([
    { people: 1, rows: 1, columns: 1 },
    { people: 2, rows: 1, columns: 2 },
    { people: 3, rows: 2, columns: 2 },
    { people: 4, rows: 2, columns: 2 },
    { people: 5, rows: 2, columns: 3 },
    { people: 6, rows: 2, columns: 3 },
    { people: 9, rows: 3, columns: 3 },
  ])('$people people stand in $rows × $columns in an ordinary window', ({ people, rows, columns }) => {
    expect(planGrid(people, window1100)).toMatchObject({ rows, columns })
  })

  test('two people stand one above the other in a narrow window', () => {
    expect(planGrid(2, { width: 360, height: 640, gap: 12 })).toMatchObject({ rows: 2, columns: 1 })
  })

  test('a last row that is not full stands in the middle', () => {
    const { tiles } = planGrid(3, window1100)
    const last = tiles[2]
    if (last === undefined) throw new Error('no third tile')
    expect(last.x + last.width / 2).toBeCloseTo(window1100.width / 2, 0)
  })

  test('nobody, or no space, needs no tile', () => {
    expect(planGrid(0, window1100).tiles).toEqual([])
    expect(planGrid(4, { width: 0, height: 0, gap: 12 }).tiles).toEqual([])
  })

  const anyBox = fc.record({
    width: fc.integer({ min: 120, max: 4_000 }),
    height: fc.integer({ min: 120, max: 2_400 }),
    gap: fc.integer({ min: 0, max: 12 }),
  })
  const anyCount = fc.integer({ min: 1, max: 50 })

  test('there is one tile a person, all of one size, none outside the box', () => {
    fc.assert(
      fc.property(anyCount, anyBox, (count, box) => {
        const { tiles } = planGrid(count, box)
        expect(tiles).toHaveLength(count)
        for (const tile of tiles) {
          expect([tile.width, tile.height]).toEqual([tiles[0]?.width, tiles[0]?.height])
          // Half a pixel of rounding at most.
          expect(tile.x).toBeGreaterThanOrEqual(0)
          expect(tile.y).toBeGreaterThanOrEqual(0)
          expect(tile.x + tile.width).toBeLessThanOrEqual(box.width + 1)
          expect(tile.y + tile.height).toBeLessThanOrEqual(box.height + 1)
        }
      }),
    )
  })

  test('no two tiles overlap', () => {
    fc.assert(
      fc.property(anyCount, anyBox, (count, box) => {
        const { tiles } = planGrid(count, box)
        for (const [index, a] of tiles.entries()) {
          for (const b of tiles.slice(index + 1)) {
            const isApart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
            expect(isApart).toBe(true)
          }
        }
      }),
    )
  })

  test('no other number of rows would give larger tiles', () => {
    fc.assert(
      fc.property(anyCount, anyBox, (count, box) => {
        const { tiles } = planGrid(count, box)
        const area = (tiles[0]?.width ?? 0) * (tiles[0]?.height ?? 0)
        for (let columns = 1; columns <= count; columns++) {
          const rows = Math.ceil(count / columns)
          const cellWidth = Math.max(0, (box.width - box.gap * (columns - 1)) / columns)
          const cellHeight = Math.max(0, (box.height - box.gap * (rows - 1)) / rows)
          const width = Math.floor(Math.min(cellWidth, (cellHeight * 16) / 9))
          const height = Math.floor(Math.min(cellHeight, (cellWidth * 3) / 4))
          expect(area).toBeGreaterThanOrEqual(width * height - 1)
        }
      }),
    )
  })
})
