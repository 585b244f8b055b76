import { type GridBox, planGrid, type TileRect } from '../layout/planGrid.ts'
import { planStage } from '../layout/planStage.ts'
import type { RecordedPerson } from '../ports/recorder.ts'

/** A place in the recording's picture. */
export interface RecordedTile {
  /** Whose; null: ourselves. */
  readonly connectionId: string | null
  readonly displayName: string
  /** What is drawn there; without a picture the person's initials are. */
  readonly picture: 'camera' | 'screen' | null
  readonly rect: TileRect
}

/**
 * Everybody in a grid, in their order. The first shared screen has the large place, with as many people beside it as fit: a recording cannot turn
 * pages.
 */
export function planRecordedPicture(
  people: readonly RecordedPerson[],
  box: GridBox,
): readonly RecordedTile[] {
  const sharing = people.find(({ hasScreen }) => hasScreen)
  const stage = sharing === undefined ? null : planStage(people.length, box)
  const places = stage?.strip ?? planGrid(people.length, box).tiles
  const tiles = people.flatMap(({ connectionId, displayName, hasCamera }, index): RecordedTile[] => {
    const rect = places[index]
    return rect === undefined
      ? []
      : [{ connectionId, displayName, picture: hasCamera ? 'camera' : null, rect }]
  })
  if (sharing === undefined || stage === null) return tiles
  const { connectionId, displayName } = sharing
  return [{ connectionId, displayName, picture: 'screen', rect: stage.main }, ...tiles]
}

/** The largest part of a picture that fills the place, from its middle; or the place that it fits into whole. */
export function fitPicture(
  picture: { readonly width: number; readonly height: number },
  rect: TileRect,
  fit: 'cover' | 'contain',
): { readonly source: TileRect; readonly target: TileRect } {
  const { width, height } = picture
  const scales = [rect.width / width, rect.height / height] as const
  const scale = fit === 'cover' ? Math.max(...scales) : Math.min(...scales)
  const drawn = {
    width: Math.min(rect.width, width * scale),
    height: Math.min(rect.height, height * scale),
  }
  const shown = { width: drawn.width / scale, height: drawn.height / scale }
  return {
    source: { x: (width - shown.width) / 2, y: (height - shown.height) / 2, ...shown },
    target: {
      x: rect.x + (rect.width - drawn.width) / 2,
      y: rect.y + (rect.height - drawn.height) / 2,
      ...drawn,
    },
  }
}
