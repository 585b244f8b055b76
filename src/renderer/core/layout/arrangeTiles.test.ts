import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrangeTiles } from './arrangeTiles.ts'
import { planGrid } from './planGrid.ts'

const box = { width: 1_068, height: 560, gap: 12 }
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index}`)

describe('arrangeTiles', () => {
  test('a grid has everybody in one size, oneself last', () => {
    const { people, self } = arrangeTiles({ view: 'grid', people: names(3), stage: null, box, wantedPage: 0 })
    const { tiles } = planGrid(4, box)
    expect(people.map(({ rect }) => rect)).toEqual(tiles.slice(0, 3))
    expect(self).toEqual(tiles[3])
  })

  test('a speaker view has one large, and the others in the order of joining', () => {
    const stage = { connectionId: 'p1', kind: 'camera' } as const
    const { people, screen } = arrangeTiles({ view: 'speaker', people: names(3), stage, box, wantedPage: 0 })
    expect(people.map(({ connectionId, isMain }) => [connectionId, isMain])).toEqual([
      ['p0', false],
      ['p1', true],
      ['p2', false],
    ])
    expect(screen).toBeNull()
    expect(people[0]?.rect.y).toBeLessThan(people[2]?.rect.y ?? 0)
  })

  test.each(['speaker', 'grid'] as const)(
    'a screen has the large place, and whoever shares it a small tile: %s',
    (view) => {
      const stage = { connectionId: 'p1', kind: 'screen' } as const
      const { people, screen } = arrangeTiles({ view, people: names(2), stage, box, wantedPage: 0 })
      expect(screen?.connectionId).toBe('p1')
      expect(people.map(({ isMain }) => isMain)).toEqual([false, false])
    },
  )

  test('alone, one has all the space in either view', () => {
    const alone = { people: [], stage: null, box, wantedPage: 0 }
    expect(arrangeTiles({ ...alone, view: 'speaker' })).toEqual(arrangeTiles({ ...alone, view: 'grid' }))
  })

  test('everybody stands on some page, and nobody twice on one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 49 }),
        fc.constantFrom('grid' as const, 'speaker' as const),
        fc.constantFrom('camera' as const, 'screen' as const),
        fc.record({
          width: fc.integer({ min: 200, max: 2_000 }),
          height: fc.integer({ min: 200, max: 1_400 }),
        }),
        (count, view, kind, size) => {
          const people = names(count)
          const stage = { connectionId: `p${count - 1}`, kind }
          const input = { view, people, stage, box: { ...size, gap: 12 } }
          const { pages } = arrangeTiles({ ...input, wantedPage: 0 })
          const seen = new Set<string>()
          for (let wantedPage = 0; wantedPage < pages.pageCount; wantedPage += 1) {
            const ids = arrangeTiles({ ...input, wantedPage }).people.map(({ connectionId }) => connectionId)
            expect(new Set(ids).size).toBe(ids.length)
            for (const connectionId of ids) seen.add(connectionId)
          }
          expect(seen.size).toBe(count)
        },
      ),
    )
  })
})
