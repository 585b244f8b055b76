/** What a shared screen mostly shows: something to be read, or something that moves. */
export type ScreenContent = 'text' | 'motion'

/** What goes out of a shared screen on one connection. There is no size in it: letters that were scaled cannot be read. */
export interface ScreenEncoding {
  /** False sends nothing of it. */
  readonly isActive: boolean
  readonly maxBitrateBps: number
  readonly framerate: number
}

/** 1080p is what letters need, and what a screen is asked for at most. */
export const SCREEN_MAX_SIZE = { width: 1_920, height: 1_080 } as const

/** Frames a second at best: reading needs few, a film or a drawing hand some more. */
export const SCREEN_FRAMERATES: Readonly<Record<ScreenContent, number>> = { text: 5, motion: 15 }

export const NO_SCREEN: ScreenEncoding = { isActive: false, maxBitrateBps: 0, framerate: 0 }

interface ScreenStep {
  /** From this level of a link on (`VIDEO_LEVELS`). */
  readonly fromLevel: number
  readonly text: Omit<ScreenEncoding, 'isActive'>
  readonly motion: Omit<ScreenEncoding, 'isActive'>
}

/**
 * What a link carries decides on frames alone, and on about as many bits as the camera's picture of that level may have: below the top that is
 * what the path is known to carry. A page that stands still costs next to nothing, whatever it may cost.
 */
const STEPS: readonly ScreenStep[] = [
  {
    fromLevel: 7,
    text: { framerate: 5, maxBitrateBps: 1_500_000 },
    motion: { framerate: 15, maxBitrateBps: 2_500_000 },
  },
  {
    fromLevel: 5,
    text: { framerate: 5, maxBitrateBps: 600_000 },
    motion: { framerate: 10, maxBitrateBps: 800_000 },
  },
  {
    fromLevel: 3,
    text: { framerate: 3, maxBitrateBps: 350_000 },
    motion: { framerate: 5, maxBitrateBps: 400_000 },
  },
  {
    fromLevel: 1,
    text: { framerate: 2, maxBitrateBps: 150_000 },
    motion: { framerate: 3, maxBitrateBps: 150_000 },
  },
  {
    fromLevel: 0,
    text: { framerate: 1, maxBitrateBps: 100_000 },
    motion: { framerate: 1, maxBitrateBps: 100_000 },
  },
]

/**
 * What is sent of our screen on a link: as many frames as the link's level carries and the machine can do, and always at least one a
 * second, in full size. `content` null: nothing is shared. A screen that `isSeen` by nobody behind the link is not sent there.
 */
export function planScreen(options: {
  readonly content: ScreenContent | null
  readonly isSeen: boolean
  /** The link's place on `VIDEO_LEVELS`. */
  readonly levelIndex: number
  /** Frames a second that the machine can do. */
  readonly machineFramerate: number
}): ScreenEncoding {
  const { content, isSeen, levelIndex, machineFramerate } = options
  if (content === null || !isSeen) return NO_SCREEN
  const step = STEPS.find(({ fromLevel }) => levelIndex >= fromLevel) ?? STEPS.at(-1)
  if (step === undefined) return NO_SCREEN
  const { framerate, maxBitrateBps } = step[content]
  return { isActive: true, maxBitrateBps, framerate: Math.max(1, Math.min(framerate, machineFramerate)) }
}
