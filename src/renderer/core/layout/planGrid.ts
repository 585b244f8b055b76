/** Where a tile stands, in CSS pixels from the box's top left. */
export interface TileRect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How the people in a room share the space. */
export interface GridPlan {
  readonly rows: number
  readonly columns: number
  /** One a person, in their order. The last row stands in the middle when it is not full. */
  readonly tiles: readonly TileRect[]
}

export interface GridBox {
  readonly width: number
  readonly height: number
  readonly gap: number
}

/** Tiles are never wider than 16:9 nor narrower than 4:3, the shapes that cameras give. */
const ASPECT_MAX = 16 / 9
const ASPECT_MIN = 4 / 3

/**
 * Rows and columns for `count` people that give each the largest tile in the box. All tiles are of one size; among equals
 * the arrangement with fewer rows wins, so that the same people in the same box always stand the same.
 */
export function planGrid(count: number, box: GridBox): GridPlan {
  if (count <= 0 || box.width <= 0 || box.height <= 0) return { rows: 0, columns: 0, tiles: [] }
  let best = measure(count, 1, box)
  for (let rows = 2; rows <= count; rows++) {
    const plan = measure(count, rows, box)
    if (plan.width * plan.height > best.width * best.height + 0.5) best = plan
  }
  return { rows: best.rows, columns: best.columns, tiles: place(count, best, box) }
}

interface Measure {
  readonly rows: number
  readonly columns: number
  readonly width: number
  readonly height: number
}

function measure(count: number, wantedRows: number, box: GridBox): Measure {
  const columns = Math.ceil(count / wantedRows)
  const rows = Math.ceil(count / columns)
  const cellWidth = Math.max(0, (box.width - box.gap * (columns - 1)) / columns)
  const cellHeight = Math.max(0, (box.height - box.gap * (rows - 1)) / rows)
  return {
    rows,
    columns,
    width: Math.floor(Math.min(cellWidth, cellHeight * ASPECT_MAX)),
    height: Math.floor(Math.min(cellHeight, cellWidth / ASPECT_MIN)),
  }
}

function place(count: number, grid: Measure, box: GridBox): readonly TileRect[] {
  const { rows, columns, width, height } = grid
  const top = (box.height - rows * height - (rows - 1) * box.gap) / 2
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = row === rows - 1 ? count - row * columns : columns
    const left = (box.width - inRow * width - (inRow - 1) * box.gap) / 2
    return {
      x: Math.round(left + (index % columns) * (width + box.gap)),
      y: Math.round(top + row * (height + box.gap)),
      width,
      height,
    }
  })
}
