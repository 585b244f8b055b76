import { expect, test } from 'vitest'
import { createFigures } from '../../../../test/support/machine.ts'
import { selectMachineReading } from './selectMachineReading.ts'

test('load is that of the whole computer', () => {
  expect(selectMachineReading(createFigures({ systemPercent: 91, ownPercent: 12 })).cpuLoadPercent).toBe(91)
  expect(selectMachineReading(createFigures({ systemPercent: null })).cpuLoadPercent).toBeNull()
})

test.each([
  ['charging on mains', 'mains', true, true],
  ['full on mains', 'mains', false, true],
  ['running down', 'battery', false, false],
] as const)('a battery that is %s', (_what, powerSource, isCharging, counted) => {
  const figures = createFigures({ powerSource, battery: { levelRatio: 0.15, isCharging } })
  expect(selectMachineReading(figures).battery).toEqual({ isCharging: counted, levelRatio: 0.15 })
})

test.each([
  ['fair', 50, 'fair'],
  [null, null, null],
  [null, 100, 'nominal'],
  [null, 85, 'fair'],
  [null, 60, 'serious'],
] as const)('heat of %s with a speed limit of %s is %s', (thermalState, speedLimitPercent, expected) => {
  expect(selectMachineReading(createFigures({ thermalState, speedLimitPercent })).thermalState).toBe(expected)
})
