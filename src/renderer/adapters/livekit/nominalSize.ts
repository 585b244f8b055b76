/** LiveKit publishes pictures at least this long in three layers, shorter ones in two. */
const LONG_SIDE_PX = 960
const SHORT_SIDE_PX = 720

/**
 * The size in which a camera is announced, whatever it gives at the moment: of its shape, and large enough for three layers, whose shorter sides then
 * are 180, 360 and 720 or somewhat more. What they are announced as cannot be changed later, other than what is sent in them.
 */
export function selectNominalSize(captured: { readonly width: number; readonly height: number }): {
  width: number
  height: number
} {
  const { width, height } = captured
  const scale = Math.max(SHORT_SIDE_PX / Math.min(width, height), LONG_SIDE_PX / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
