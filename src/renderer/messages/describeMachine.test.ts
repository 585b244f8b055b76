import { expect, test } from 'vitest'
import { createFigures } from '../../../test/support/machine.ts'
import { createMessages } from './createMessages.ts'
import { describeMachine } from './describeMachine.ts'
import { formatStatistics } from './describeStatistics.ts'

const { t } = createMessages()

test('nothing is said before anything is measured', () => {
  expect(describeMachine(t, { latest: null, loads: [] })).toBeNull()
})

test('what the system does not tell is left out', () => {
  const latest = createFigures({ systemPercent: 42.4, ownPercent: null })
  const section = describeMachine(t, { latest, loads: [latest.cpu] })
  expect(section === null ? '' : formatStatistics([section])).toBe(`This computer: On mains power
  Processor, everything: 42 %
  Processor, Studyhall: not measured`)
  expect(section?.rows.map(({ series }) => series?.values)).toEqual([[42.4], [null]])
})

test('everything that can be told is', () => {
  const latest = createFigures({
    systemPercent: 88,
    ownPercent: 31,
    temperatureCelsius: 71,
    powerSource: 'battery',
    battery: { levelRatio: 0.63, isCharging: false },
    thermalState: 'serious',
    speedLimitPercent: 80,
  })
  const section = describeMachine(t, { latest, loads: [latest.cpu] })
  expect(section === null ? '' : formatStatistics([section])).toBe(`This computer: On battery power
  Processor, everything: 88 %
  Processor, Studyhall: 31 %
  Temperature: 71 °C
  Battery: 63 %
  Heat: hot
  Slowed down to: 80 %`)
})
