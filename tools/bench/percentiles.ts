/** What a set of timings looks like; milliseconds, nearest-rank percentiles. */
export interface Summary {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export function summarise(timingsMs: readonly number[]): Summary {
  const sorted = timingsMs.toSorted((left, right) => left - right)
  const at = (share: number) => round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN)
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
