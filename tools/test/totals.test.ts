import { describe, expect, test } from 'vitest'
import {
  addTotals,
  settleTotals,
  totalsFromClosingLine,
  totalsFromExitCode,
  totalsFromPlaywright,
  totalsFromVitest,
} from './totals.ts'

describe('totals of npm test', () => {
  test('a check is one test', () => {
    expect(totalsFromExitCode(0)).toEqual({ passed: 1, failed: 0, skipped: 0 })
    expect(totalsFromExitCode(2)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  test('Vitest: pending and todo tests are skipped ones', () => {
    const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3 }
    expect(totalsFromVitest(report)).toEqual({ passed: 7, failed: 1, skipped: 5 })
    expect(totalsFromVitest({})).toBeNull()
  })

  test('Playwright: a flaky test has failed', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 1 } }
    expect(totalsFromPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 1 })
    expect(totalsFromPlaywright(null)).toBeNull()
  })

  test.each([
    ['noise\n12 passed, 0 failed\n', { passed: 12, failed: 0, skipped: 0 }],
    ['1 passed, 1 failed\r\n3 passed, 2 failed, 4 skipped\r\nbye', { passed: 3, failed: 2, skipped: 4 }],
    ['nothing of the kind: 3 passed, 0 failed!', null],
  ])('the closing line of %j', (output, expected) => {
    expect(totalsFromClosingLine(output)).toEqual(expected)
  })

  test('a step that crashed is a failure even when all its tests passed', () => {
    expect(settleTotals({ passed: 3, failed: 0, skipped: 0 }, 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
    })
    expect(settleTotals(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(settleTotals({ passed: 3, failed: 2, skipped: 0 }, 1)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 0,
    })
  })

  test('totals add up', () => {
    const sum = addTotals({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })
    expect(sum).toEqual({ passed: 11, failed: 22, skipped: 33 })
  })
})
