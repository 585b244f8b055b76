import { type GridBox, type TileRect } from './planGrid.ts'

/** One large place and a strip of small ones. */
export interface StagePlan {
  readonly main: TileRect
  /** One each, in their order; as many as were asked for, or as fit. */
  readonly strip: readonly TileRect[]
}

/** The strip stands beside the large place in a box that is wider than this, below it in others. */
const BESIDE_FROM_ASPECT = 1.2
const SHAPE = 16 / 9
/** Of a small tile: enough for a face and a name. */
const WIDTH_MIN = 120
const WIDTH_MAX = 208
/** Of the box's longer side. */
const STRIP_SHARE = 0.19
/** More small faces than that are a crowd, and each costs as much as the first. */
const STRIP_MAX_TILES = 8

/** How many small tiles fit beside a large one: at least one. */
export function selectStripCapacity(box: GridBox): number {
  const { width, height, isBeside } = measureStrip(box)
  const length = isBeside ? box.height : box.width
  const fitting = Math.floor((length + box.gap) / ((isBeside ? height : width) + box.gap))
  return Math.min(STRIP_MAX_TILES, Math.max(1, fitting))
}

/** A large tile, and small ones beside or below it, in the middle of what the large one leaves. */
export function planStage(stripCount: number, box: GridBox): StagePlan {
  if (box.width <= 0 || box.height <= 0) return { main: { x: 0, y: 0, width: 0, height: 0 }, strip: [] }
  const count = Math.min(stripCount, selectStripCapacity(box))
  const { width, height, isBeside } = measureStrip(box)
  const taken = count === 0 ? 0 : (isBeside ? width : height) + box.gap
  const main = isBeside
    ? { x: 0, y: 0, width: Math.max(0, box.width - taken), height: box.height }
    : { x: 0, y: 0, width: box.width, height: Math.max(0, box.height - taken) }
  const step = (isBeside ? height : width) + box.gap
  const start = ((isBeside ? box.height : box.width) - count * step + box.gap) / 2
  const strip = Array.from({ length: count }, (_, index) => {
    const along = Math.max(0, Math.round(start + index * step))
    return isBeside
      ? { x: main.width + box.gap, y: along, width, height }
      : { x: along, y: main.height + box.gap, width, height }
  })
  return { main, strip }
}

function measureStrip(box: GridBox): { width: number; height: number; isBeside: boolean } {
  const isBeside = box.width > box.height * BESIDE_FROM_ASPECT
  const wanted = Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, Math.max(box.width, box.height) * STRIP_SHARE))
  // Never more than a third of a small box, nor longer than it is.
  const bound = isBeside
    ? Math.min(box.width / 3, box.height * SHAPE)
    : Math.min(box.width, (box.height / 3) * SHAPE)
  const width = Math.floor(Math.min(wanted, bound))
  return { width, height: Math.floor(width / SHAPE), isBeside }
}
