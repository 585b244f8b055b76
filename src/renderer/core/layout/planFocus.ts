import type { GridBox, TileRect } from './planGrid.ts'

/** The timer and oneself. */
export interface FocusPlan {
  readonly timer: TileRect
  readonly self: TileRect | null
}

const SHAPE = 16 / 9
/** One's own picture is there to be noticed when something is wrong with it, not to be looked at. */
const SELF_WIDTH_MAX = 288
const SELF_SHARE = 0.36
/** Less than that is no picture any more, and the timer takes the space. */
const SELF_WIDTH_MIN = 96

/** The timer above, oneself small below it, both in the middle. */
export function planFocus({ width, height, gap }: GridBox, hasSelf: boolean): FocusPlan {
  const selfWidth = Math.floor(Math.min(SELF_WIDTH_MAX, width, height * SELF_SHARE * SHAPE))
  if (!hasSelf || selfWidth < SELF_WIDTH_MIN) return { timer: { x: 0, y: 0, width, height }, self: null }
  const selfHeight = Math.floor(selfWidth / SHAPE)
  const timerHeight = Math.max(0, height - selfHeight - gap)
  return {
    timer: { x: 0, y: 0, width, height: timerHeight },
    self: {
      x: Math.round((width - selfWidth) / 2),
      y: timerHeight + gap,
      width: selfWidth,
      height: selfHeight,
    },
  }
}
