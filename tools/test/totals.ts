import { z } from 'zod'

/** How many tests passed, failed and were skipped. */
export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const noTotals: Totals = { passed: 0, failed: 0, skipped: 0 }

export function addTotals(left: Totals, right: Totals): Totals {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  }
}

/** A step that is one check. */
export function totalsFromExitCode(exitCode: number): Totals {
  return exitCode === 0 ? { ...noTotals, passed: 1 } : { ...noTotals, failed: 1 }
}

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
})

/** Reads Vitest's JSON report; null if it is none. */
export function totalsFromVitest(report: unknown): Totals | null {
  const parsed = vitestReportSchema.safeParse(report)
  if (!parsed.success) return null
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = parsed.data
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

const playwrightReportSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
})

/** Reads Playwright's JSON report; null if it is none. A flaky test counts as failed: a retry would hide a race. */
export function totalsFromPlaywright(report: unknown): Totals | null {
  const parsed = playwrightReportSchema.safeParse(report)
  if (!parsed.success) return null
  const { expected, unexpected, flaky, skipped } = parsed.data.stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}

/** Reads the last line of the form `N passed, N failed[, N skipped]`; null if there is none. */
export function totalsFromClosingLine(output: string): Totals | null {
  const pattern = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/
  for (const line of output.trimEnd().split(/\r?\n/).toReversed()) {
    const match = pattern.exec(line.trim())
    if (match) return { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) }
  }
  return null
}

/**
 * What a step is worth in the end. A step that failed without a failed test (it crashed, or printed no totals) counts as
 * one failure, so that the sum never hides it.
 */
export function settleTotals(read: Totals | null, exitCode: number): Totals {
  if (read === null) return { ...noTotals, failed: 1 }
  return exitCode !== 0 && read.failed === 0 ? { ...read, failed: 1 } : read
}
