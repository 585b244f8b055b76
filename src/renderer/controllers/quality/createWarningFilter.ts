import type { Clock } from '../../core/ports/clock.ts'
import type { QualityWarning } from '../../core/quality/qualityPlan.ts'

/** What was turned off has this long to help before the next thing is named: a second click is not to hit that by accident, either. */
const RELIEF_PATIENCE_MS = 15_000

/** Which warnings a person gets to see. */
export interface WarningFilter {
  /** The warning as it is to be shown now; null: none. */
  select(warning: QualityWarning | null): QualityWarning | null
  /** It is not shown again before it has been all right in between. */
  dismiss(): void
  /** Something was just done about it. */
  noteRelief(): void
}

export function createWarningFilter(clock: Pick<Clock, 'now'>): WarningFilter {
  let isDismissed = false
  let relievedAtMs = Number.NEGATIVE_INFINITY
  return {
    select(warning) {
      if (warning === null) isDismissed = false
      return isDismissed || clock.now() - relievedAtMs < RELIEF_PATIENCE_MS ? null : warning
    },
    dismiss() {
      isDismissed = true
    },
    noteRelief() {
      relievedAtMs = clock.now()
    },
  }
}
