import type { MachineFigures } from '../../src/shared/machine/machineFigures.ts'

/** A calm computer on mains, but for what is said otherwise. */
export function createFigures(
  fields: Partial<MachineFigures['cpu']> & Partial<Omit<MachineFigures, 'cpu'>> = {},
): MachineFigures {
  const { systemPercent = 20, ownPercent = 8, ...rest } = fields
  return {
    cpu: { systemPercent, ownPercent },
    temperatureCelsius: null,
    powerSource: 'mains',
    battery: null,
    thermalState: null,
    speedLimitPercent: null,
    ...rest,
  }
}
