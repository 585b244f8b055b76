/** A moving picture by what it costs. */
export interface Picture {
  /** Pixels of the shorter side: 480 is "480p". */
  readonly shortSide: number
  /** Frames a second. */
  readonly framerate: number
}

/** One step of the ladder that a link climbs up and down on. */
export interface VideoLevel extends Picture {
  readonly maxBitrateBps: number
}

/**
 * From no picture at all to the best one. Bitrates are what VP8 needs for somebody at a desk; each is less than twice the one below,
 * since a browser's estimate of an idle path reaches about twice what it may send (libwebrtc probes no further).
 */
export const VIDEO_LEVELS = [
  { shortSide: 0, framerate: 0, maxBitrateBps: 0 },
  { shortSide: 180, framerate: 10, maxBitrateBps: 100_000 },
  { shortSide: 180, framerate: 15, maxBitrateBps: 150_000 },
  { shortSide: 270, framerate: 15, maxBitrateBps: 250_000 },
  { shortSide: 360, framerate: 15, maxBitrateBps: 350_000 },
  { shortSide: 360, framerate: 24, maxBitrateBps: 450_000 },
  { shortSide: 480, framerate: 24, maxBitrateBps: 600_000 },
  { shortSide: 720, framerate: 24, maxBitrateBps: 1_100_000 },
  { shortSide: 720, framerate: 30, maxBitrateBps: 1_500_000 },
] as const satisfies readonly VideoLevel[]

/** With less, libwebrtc's encoders send nothing at all. */
const VIDEO_MIN_BITRATE_BPS = 30_000

export const TOP_LEVEL = VIDEO_LEVELS.length - 1

/** The level of an index; one outside the ladder is its nearest end. */
export function selectLevel(index: number): VideoLevel {
  return VIDEO_LEVELS[Math.min(TOP_LEVEL, Math.max(0, index))] ?? VIDEO_LEVELS[0]
}

/** The most that all of the pictures allow: the smallest side, the lowest rate. */
export function selectSmallest(first: Picture, ...others: readonly Picture[]): Picture {
  return others.reduce(
    (smallest, { shortSide, framerate }) => ({
      shortSide: Math.min(smallest.shortSide, shortSide),
      framerate: Math.min(smallest.framerate, framerate),
    }),
    first,
  )
}

/**
 * What a picture needs, in bit/s: no more than a level of its size is given. Below that, twice the pixels a second need not twice the
 * bits: the power of two thirds runs through the ladder's own figures, from 180p at 15 frames to 720p at 30.
 */
export function selectBitrateBps({ shortSide, framerate }: Picture): number {
  const size = VIDEO_LEVELS.find((level) => level.shortSide >= shortSide)?.shortSide ?? shortSide
  const level = VIDEO_LEVELS.findLast((known) => known.shortSide === size) ?? selectLevel(TOP_LEVEL)
  const pixelRate = (shortSide / 180) ** 2 * (framerate / 15)
  const needed = Math.round((150 * pixelRate ** (2 / 3)) / 10) * 10_000
  return Math.min(level.maxBitrateBps, Math.max(VIDEO_MIN_BITRATE_BPS, needed))
}

/** By how much a captured picture is scaled so that its shorter side is no longer than wanted; at least 1, as WebRTC demands. */
export function selectScaleDown(shortSide: number, captured: { width: number; height: number }): number {
  const capturedSide = Math.min(captured.width, captured.height)
  return shortSide <= 0 || capturedSide <= shortSide ? 1 : capturedSide / shortSide
}
