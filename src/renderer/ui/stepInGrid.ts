import { arrowStep } from './arrowStep.ts'

/**
 * Where an arrow key, Home or End leads in rows of buttons, as an index; null where it leads nowhere. To the sides it goes on in the next
 * row and stops at both ends; up and down it stays in its column.
 */
export function stepInGrid(
  key: string,
  {
    at,
    count,
    columns,
    direction,
  }: { readonly at: number; readonly count: number; readonly columns: number; readonly direction: string },
): number | null {
  const upOrDown = { ArrowUp: -columns, ArrowDown: columns }[key]
  const next = { Home: 0, End: count - 1 }[key] ?? at + (upOrDown ?? arrowStep(key, direction))
  return next === at || next < 0 || next >= count ? null : next
}
