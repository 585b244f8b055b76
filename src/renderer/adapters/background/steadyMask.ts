/** Below, it is the room; above, the person; between, a soft edge. */
const EDGE_FROM = 0.3
const EDGE_TO = 0.7
/** How much of the mask before stays, so that edges do not flicker. */
const KEPT_SHARE = 0.4

/**
 * Writes the person into the alpha channel of `pixels` (RGBA), 0 to 255, with soft edges and mixed with what `alpha` held before; `alpha`
 * is updated, and is as long as `mask`.
 */
export function steadyMask(mask: Float32Array, alpha: Float32Array, pixels: Uint8ClampedArray): void {
  for (let index = 0; index < mask.length; index += 1) {
    const edge = Math.min(1, Math.max(0, ((mask[index] ?? 0) - EDGE_FROM) / (EDGE_TO - EDGE_FROM)))
    const mixed = KEPT_SHARE * (alpha[index] ?? 0) + (1 - KEPT_SHARE) * edge
    alpha[index] = mixed
    pixels[4 * index + 3] = Math.round(255 * mixed)
  }
}
