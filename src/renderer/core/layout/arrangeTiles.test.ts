import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrangeTiles } from './arrangeTiles.ts'
import { planGrid } from './planGrid.ts'
import type { Stage } from './selectStage.ts'

const box = { width: 1_068, height: 560, gap: 12 }
const hasSelf = true
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index}`)

describe('arrangeTiles', () => {
  test('a grid has everybody in one size, oneself last', () => {
    const { people, self } = arrangeTiles({
      view: 'grid',
      people: names(3),
      stage: null,
      box,
      wantedPage: 0,
      hasSelf,
    })
    const { tiles } = planGrid(4, box)
    expect(people.map(({ rect }) => rect)).toEqual(tiles.slice(0, 3))
    expect(self).toEqual(tiles[3])
  })

  test('a speaker view has one large, and the others in the order of joining', () => {
    const stage = { connectionId: 'p1', kind: 'camera' } as const
    const { people, screen } = arrangeTiles({
      view: 'speaker',
      people: names(3),
      stage,
      box,
      wantedPage: 0,
      hasSelf,
    })
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
      const { people, screen } = arrangeTiles({ view, people: names(2), stage, box, wantedPage: 0, hasSelf })
      expect(screen?.connectionId).toBe('p1')
      expect(people.map(({ isMain }) => isMain)).toEqual([false, false])
    },
  )

  test('alone, one has all the space in either view', () => {
    const alone = { people: [], stage: null, box, wantedPage: 0, hasSelf }
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
          const input = { view, people, stage, box: { ...size, gap: 12 }, hasSelf: count % 2 === 0 }
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

  test.each(['grid', 'speaker'] as const)('without oneself the others have all the space: %s', (view) => {
    const stage = { connectionId: 'p0', kind: 'camera' } as const
    const shown = arrangeTiles({ view, people: names(2), stage, box, wantedPage: 0, hasSelf: false })
    expect(shown.self).toBeNull()
    const largest = Math.max(...shown.people.map(({ rect }) => rect.width * rect.height))
    const beside = arrangeTiles({ view, people: names(2), stage, box, wantedPage: 0, hasSelf })
    expect(largest).toBeGreaterThanOrEqual(
      Math.max(...beside.people.map(({ rect }) => rect.width * rect.height)),
    )
  })

  test('in focus nobody else has a tile, whoever speaks or shares', () => {
    const stage = { connectionId: 'p1', kind: 'screen' } as const
    const shown = arrangeTiles({ view: 'focus', people: names(12), stage, box, wantedPage: 3, hasSelf })
    expect(shown).toMatchObject({ people: [], screen: null, pages: { pageCount: 1 } })
    expect(shown.self?.width).toBeGreaterThan(0)
    expect(shown.timer?.height).toBeGreaterThan(0)
  })
})

describe('nobody changes places without cause', () => {
  const anyView = fc.constantFrom('grid' as const, 'speaker' as const)
  const anyStage = fc.option(
    fc.record({
      connectionId: fc.constantFrom(...names(12)),
      kind: fc.constantFrom('camera' as const, 'screen' as const),
    }),
    { nil: null },
  )
  /** Somebody comes, last as everybody does, or somebody goes. */
  const anyChange = fc.oneof(fc.constant('comes' as const), fc.nat(11))
  const orderOf = (view: 'grid' | 'speaker', people: readonly string[], stage: Stage) => {
    const { people: tiles } = arrangeTiles({ view, people, stage, box, wantedPage: 0, hasSelf })
    // As one reads: from the top, and from the left.
    return tiles
      .filter(({ isMain }) => !isMain)
      .toSorted((a, b) => a.rect.y - b.rect.y || a.rect.x - b.rect.x)
      .map(({ connectionId }) => connectionId)
  }

  test('as people come and go, those who stay keep their order', () => {
    fc.assert(
      fc.property(anyView, anyStage, fc.array(anyChange, { maxLength: 12 }), (view, wanted, changes) => {
        let people: readonly string[] = names(3)
        let count = 3
        for (const change of changes) {
          const stage = wanted !== null && people.includes(wanted.connectionId) ? wanted : null
          const before = orderOf(view, people, stage)
          people = change === 'comes' ? [...people, `p${count++}`] : people.filter((_, at) => at !== change)
          const isStill = stage === null || people.includes(stage.connectionId)
          const after = orderOf(view, people, isStill ? stage : null)
          const stayed = before.filter((name) => after.includes(name))
          expect(after.filter((name) => before.includes(name))).toEqual(stayed)
        }
      }),
    )
  })

  test('who speaks, or whom one looks at, moves between the large place and theirs; the others keep their order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(11), fc.nat(11), (count, one, other) => {
        const people = names(count)
        const stageOf = (at: number) => ({ connectionId: `p${at % count}`, kind: 'camera' }) as const
        const [before, after] = [one, other].map((at) => orderOf('speaker', people, stageOf(at)))
        const both = people.filter((name) => before?.includes(name) && after?.includes(name))
        // Where not all fit on a page, the last one there may turn it; nobody else does.
        expect(both.length).toBeGreaterThanOrEqual((before?.length ?? 0) - 2)
        for (const order of [before, after]) {
          expect(order?.filter((name) => both.includes(name))).toEqual(both)
        }
      }),
    )
  })

  test('a change of size moves tiles and reorders nobody', () => {
    const anySize = fc.record({
      width: fc.integer({ min: 300, max: 2_000 }),
      height: fc.integer({ min: 300, max: 1_400 }),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), anySize, (count, size) => {
        const { people } = arrangeTiles({
          view: 'grid',
          people: names(count),
          stage: null,
          box: { ...size, gap: 12 },
          wantedPage: 0,
          hasSelf,
        })
        const read = people.toSorted((a, b) => a.rect.y - b.rect.y || a.rect.x - b.rect.x)
        expect(read.map(({ connectionId }) => connectionId)).toEqual(names(people.length))
      }),
    )
  })
})
