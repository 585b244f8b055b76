import { z } from 'zod'

/** A rectangle in device-independent px. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What is remembered of a window. */
export interface WindowPlace {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

export const defaultSize = { width: 1100, height: 740 } as const
export const minimumSize = { width: 640, height: 480 } as const

const side = z.number().int().min(-32_768).max(32_767)
const placeSchema = z.object({
  bounds: z.object({ x: side, y: side, width: side, height: side }),
  maximized: z.boolean(),
})

/** Reads what was remembered; null when there is nothing usable. */
export function parseWindowPlace(text: string): WindowPlace | null {
  try {
    return placeSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Enough of a title bar to take hold of. */
const visiblePx = 80

/**
 * Where to open the window: where it was, when a display is still there; no larger than that display and no smaller than
 * the layout needs. Without a usable place only the size is given, and the system chooses the position.
 */
export function planWindowBounds(
  remembered: WindowPlace | null,
  workAreas: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  if (remembered === null) return defaultSize
  const { bounds } = remembered
  const area = workAreas.find((candidate) => isReachable(bounds, candidate))
  const width = Math.max(minimumSize.width, Math.min(bounds.width, area?.width ?? defaultSize.width))
  const height = Math.max(minimumSize.height, Math.min(bounds.height, area?.height ?? defaultSize.height))
  return area === undefined
    ? { width, height }
    : { width, height, x: bounds.x, y: Math.max(area.y, bounds.y) }
}

/** Away from the screen's edge. */
const compactMarginPx = 48

/** Where a small window stands: in the lower right corner of the display that has most of the large one, out of the work's way. */
export function planCompactBounds(
  large: Rectangle,
  workAreas: readonly Rectangle[],
  size: { readonly width: number; readonly height: number },
): Rectangle {
  const shared = (area: Rectangle): number => {
    const width = Math.min(large.x + large.width, area.x + area.width) - Math.max(large.x, area.x)
    const height = Math.min(large.y + large.height, area.y + area.height) - Math.max(large.y, area.y)
    return Math.max(0, width) * Math.max(0, height)
  }
  const [area = large] = workAreas.toSorted((a, b) => shared(b) - shared(a))
  return {
    ...size,
    x: Math.max(area.x, area.x + area.width - size.width - compactMarginPx),
    y: Math.max(area.y, area.y + area.height - size.height - compactMarginPx),
  }
}

function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const titleBarInside = bounds.y >= area.y - visiblePx / 2 && bounds.y <= area.y + area.height - visiblePx
  return visibleWidth >= visiblePx && titleBarInside
}
