/** What lines of the Test Anything Protocol come to. */
export interface TapCount {
  readonly passed: number
  readonly failed: number
  /** The failed lines with their diagnostics, and whatever is wrong with the whole. */
  readonly report: readonly string[]
}

/**
 * Counts one file's results. A bail-out, a missing plan and results that are missing or too many count as failures, so
 * that a file that stops half-way is never taken for a success.
 */
export function countTap(lines: readonly string[]): TapCount {
  const report: string[] = []
  let planned: number | null = null
  let passed = 0
  let failed = 0
  let isAfterFailure = false
  for (const line of lines) {
    const plan = /^1\.\.(\d+)/.exec(line)
    if (plan) planned = Number(plan[1])
    if (/^ok\b/.test(line)) passed += 1
    if (/^not ok\b/.test(line)) failed += 1
    if (/^(?:ok|not ok)\b/.test(line)) isAfterFailure = line.startsWith('not ok')
    if (line.startsWith('Bail out!')) failed += 1
    if (line.startsWith('Bail out!') || (isAfterFailure && /^(?:not ok|\s*#)/.test(line))) report.push(line)
  }
  const missing = planned === null ? 1 : Math.abs(planned - passed - failed)
  if (missing > 0) report.push(planned === null ? 'no plan' : `planned ${planned}, ran ${passed + failed}`)
  return { passed, failed: failed + (failed > 0 && planned !== null ? 0 : missing), report }
}
