import { type GridBox, planGrid, type TileRect } from './planGrid.ts'
import { type PagePlan, planPages } from './planPages.ts'
import { planFocus } from './planFocus.ts'
import { planStage, selectStripCapacity } from './planStage.ts'
import type { Stage } from './selectStage.ts'

/** Where everybody who is on the screen stands. */
export interface TileArrangement {
  /** Of the others, in the order of joining. */
  readonly people: readonly {
    readonly connectionId: string
    readonly rect: TileRect
    /** The large one of a speaker view. */
    readonly isMain: boolean
  }[]
  /** A screen that has the large place; its owner has a tile as well. */
  readonly screen: { readonly connectionId: string; readonly rect: TileRect } | null
  /** One's own; null: there is no room for it, or it is not wanted. */
  readonly self: TileRect | null
  /** Where the timer stands instead of the others; null: they are there. */
  readonly timer: TileRect | null
  readonly pages: PagePlan
}

/**
 * Everybody in a grid, or one large and the others in a strip; more than fit stand on further pages. Oneself is last on each. A shared screen has the
 * large place in either view: it is of no use small. In focus nobody else is there, and the timer has their place.
 */
export function arrangeTiles(input: {
  readonly view: 'grid' | 'speaker' | 'focus'
  /** The others, in the order of joining. */
  readonly people: readonly string[]
  readonly stage: Stage
  readonly box: GridBox
  readonly wantedPage: number
  /** Oneself has a place as well. */
  readonly hasSelf: boolean
}): TileArrangement {
  const { view, stage } = input
  if (view === 'focus') return arrangeFocus(input)
  const isStage = stage !== null && (view === 'speaker' || stage.kind === 'screen')
  return isStage ? arrangeStage({ ...input, stage }) : arrangeGrid(input)
}

type Input = Parameters<typeof arrangeTiles>[0]

function arrangeFocus({ box, hasSelf }: Input): TileArrangement {
  const { self, timer } = planFocus(box, hasSelf)
  return { people: [], screen: null, self, timer, pages: planPages(0, 0) }
}

function arrangeGrid({ people, box, wantedPage, hasSelf }: Input): TileArrangement {
  const pages = planPages(people.length, wantedPage)
  const shown = people.slice(pages.start, pages.end)
  const { tiles } = planGrid(shown.length + (hasSelf ? 1 : 0), box)
  const placed = place(shown, tiles)
  return { people: placed, screen: null, self: tiles[shown.length] ?? null, timer: null, pages }
}

function arrangeStage({
  people,
  stage,
  box,
  wantedPage,
  hasSelf,
}: Input & { readonly stage: NonNullable<Stage> }): TileArrangement {
  const ownCount = hasSelf ? 1 : 0
  const main = stage.kind === 'camera' ? stage.connectionId : null
  const others = people.filter((connectionId) => connectionId !== main)
  const pages = planPages(others.length, wantedPage, Math.max(1, selectStripCapacity(box) - ownCount))
  const shown = others.slice(pages.start, pages.end)
  const plan = planStage(shown.length + ownCount, box)
  const small = place(shown, plan.strip)
  return {
    people: people.flatMap((connectionId) =>
      connectionId === main
        ? [{ connectionId, rect: plan.main, isMain: true }]
        : small.filter((tile) => tile.connectionId === connectionId),
    ),
    screen: main === null ? { connectionId: stage.connectionId, rect: plan.main } : null,
    self: plan.strip[shown.length] ?? null,
    timer: null,
    pages,
  }
}

function place(people: readonly string[], rects: readonly TileRect[]): TileArrangement['people'] {
  return people.flatMap((connectionId, index) => {
    const rect = rects[index]
    return rect === undefined ? [] : [{ connectionId, rect, isMain: false }]
  })
}
