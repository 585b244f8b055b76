/**
 * Where an arrow key leads in a row of things: 1 to the next, -1 to the one before, 0 for other keys. Left is on where lines are
 * read from right to left.
 */
export function arrowStep(key: string, direction: string): -1 | 0 | 1 {
  const onwards = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  if (key === onwards || key === 'ArrowDown') return 1
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' ? -1 : 0
}
