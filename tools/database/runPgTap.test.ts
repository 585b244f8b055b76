import { describe, expect, test } from 'vitest'
import { countTap } from './countTap.ts'
import { splitAtSemicolons } from './runPgTap.ts'

describe('the results of a file', () => {
  test('are counted', () => {
    expect(countTap(['1..2', 'ok 1 - a', 'ok 2 - b'])).toEqual({ passed: 2, failed: 0, report: [] })
  })

  test('a failure is counted and told with its diagnostics', () => {
    expect(countTap(['1..2', 'not ok 1 - a', '# have: 1', 'ok 2 - b', '# Looks like 1 failed'])).toEqual({
      passed: 1,
      failed: 1,
      report: ['not ok 1 - a', '# have: 1'],
    })
  })

  test.each([
    ['stops half-way', ['1..3', 'ok 1 - a']],
    ['has no plan', ['ok 1 - a']],
    ['runs more than planned', ['1..1', 'ok 1 - a', 'ok 2 - b']],
    ['ends in an error', ['1..1', 'ok 1 - a', 'Bail out! error']],
    ['says nothing', []],
  ])('a file that %s has failed', (_what, lines) => {
    expect(countTap(lines).failed).toBeGreaterThan(0)
  })
})

describe('the statements of a file', () => {
  test('end at a semicolon at the end of a line, outside of dollar quotes', () => {
    const text =
      "-- why\nbegin;\nselect 'a;b',\n  1;\nselect $$ x;\n y; $$;\ndo $fn$ begin\n null;\nend $fn$;\n"
    expect(splitAtSemicolons(text)).toEqual([
      'begin;\n',
      "select 'a;b',\n  1;\n",
      'select $$ x;\n y; $$;\n',
      'do $fn$ begin\n null;\nend $fn$;\n',
    ])
  })
})
