/**
 * The path of a small chart in a box of the size given, over as many steps as there are values at most: the newest value stands at
 * the right edge, 0 at the bottom. The scale reaches to the largest value, and at least to `floor`, so that noise around nothing
 * stays flat. Null breaks the line.
 */
export function planSparkline(
  values: readonly (number | null)[],
  box: { readonly width: number; readonly height: number; readonly steps: number; readonly floor: number },
): string {
  const shown = values.slice(-box.steps)
  const top = Math.max(box.floor, ...shown.map((value) => value ?? 0))
  const stepWidth = box.width / Math.max(1, box.steps - 1)
  let isDrawing = false
  return shown
    .flatMap((value, index) => {
      if (value === null || top <= 0) {
        isDrawing = false
        return []
      }
      const x = box.width - (shown.length - 1 - index) * stepWidth
      const y = box.height * (1 - Math.max(0, value) / top)
      const command = isDrawing ? 'L' : 'M'
      isDrawing = true
      return [`${command}${x.toFixed(1)} ${y.toFixed(1)}`]
    })
    .join('')
}
