import { expect, test } from 'vitest'
import { selectIsOwnLoad } from './selectIsOwnLoad.ts'

const load = (systemPercent: number | null, ownPercent: number | null) => ({ systemPercent, ownPercent })

test.each([
  ['nothing measured', [], null],
  ['own processes not known', [load(90, null)], null],
  ['mostly the app', [load(90, 60), load(95, 70)], true],
  ['mostly other programs', [load(90, 20), load(95, 30)], false],
  ['half and half, with a gap in between', [load(90, 45), load(null, 30), load(80, 40)], true],
  [
    'a minute ago the app, now others',
    [load(90, 90), ...Array.from({ length: 5 }, () => load(90, 9))],
    false,
  ],
] as const)('%s', (_what, loads, expected) => {
  expect(selectIsOwnLoad(loads)).toBe(expected)
})
