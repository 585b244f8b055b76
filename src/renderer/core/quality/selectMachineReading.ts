import type { MachineFigures } from '../../../shared/machine/machineFigures.ts'
import type { MachineReading } from './qualityInput.ts'

/** Below this a system that slows its processors down counts as one in serious heat; above it, as warm. */
const SERIOUS_SPEED_LIMIT_PERCENT = 70

/** What quality is decided by, of everything that is measured of the computer. */
export function selectMachineReading(figures: MachineFigures): MachineReading {
  const { battery, powerSource } = figures
  return {
    cpuLoadPercent: figures.cpu.systemPercent,
    // A full battery on mains is not charged any more, and does not run down either.
    battery:
      battery === null
        ? null
        : { isCharging: battery.isCharging || powerSource === 'mains', levelRatio: battery.levelRatio },
    thermalState: figures.thermalState ?? selectBySpeedLimit(figures.speedLimitPercent),
  }
}

/** Systems that do not tell of heat tell what they do against it. */
function selectBySpeedLimit(limitPercent: number | null): MachineReading['thermalState'] {
  if (limitPercent === null) return null
  if (limitPercent >= 100) return 'nominal'
  return limitPercent < SERIOUS_SPEED_LIMIT_PERCENT ? 'serious' : 'fair'
}
