import type { MachineFigures } from '../../../shared/machine/machineFigures.ts'

/** Figures that a load is judged by: 10 s. */
const JUDGED_LENGTH = 5

/** Whether the app itself makes at least half of the computer's load; null while that cannot be told. */
export function selectIsOwnLoad(loads: readonly MachineFigures['cpu'][]): boolean | null {
  const judged = loads
    .slice(-JUDGED_LENGTH)
    .flatMap(({ systemPercent, ownPercent }) =>
      systemPercent === null || ownPercent === null ? [] : [{ systemPercent, ownPercent }],
    )
  const system = judged.reduce((sum, load) => sum + load.systemPercent, 0)
  const own = judged.reduce((sum, load) => sum + load.ownPercent, 0)
  return system === 0 ? null : own >= system / 2
}
