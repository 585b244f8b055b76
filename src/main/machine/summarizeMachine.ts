import type { BatteryReading, MachineFigures, ThermalState } from '../../shared/machine/machineFigures.ts'

/** What `systeminformation` tells of a battery, as far as it is looked at. */
export interface BatteryFacts {
  readonly hasBattery: boolean
  readonly isCharging: boolean
  readonly acConnected: boolean
  /** 0 to 100; on some systems null where it is not known. */
  readonly percent: number | null
}

/** Everything that was read, as it was read. */
export interface MachineFacts {
  /** Percent of all processors; null when not known, or of too long a time to mean anything now. */
  readonly systemPercent: number | null
  readonly ownPercent: number | null
  readonly temperatureCelsius: number | null
  readonly battery: BatteryFacts | null
  /** Electron's word; some systems leave it at false whatever is so. */
  readonly isOnBatteryPower: boolean
  readonly thermalState: ThermalState | 'unknown'
  readonly speedLimitPercent: number | null
}

/** The figures that leave the main process: within their bounds, rounded to what means something, and null for what is not known. */
export function summarizeMachine(facts: MachineFacts): MachineFigures {
  const { battery, temperatureCelsius } = facts
  const isOnBattery = facts.isOnBatteryPower || (battery?.hasBattery === true && !battery.acConnected)
  return {
    cpu: { systemPercent: toPercent(facts.systemPercent), ownPercent: toPercent(facts.ownPercent) },
    temperatureCelsius: isPlausible(temperatureCelsius) ? Math.round(temperatureCelsius) : null,
    powerSource: isOnBattery ? 'battery' : 'mains',
    battery: selectBattery(battery),
    thermalState: facts.thermalState === 'unknown' ? null : facts.thermalState,
    speedLimitPercent: toPercent(facts.speedLimitPercent),
  }
}

/** Sensors that are not connected read 0 or absurd values. */
function isPlausible(celsius: number | null): celsius is number {
  return celsius !== null && celsius > 0 && celsius < 150
}

function selectBattery(facts: BatteryFacts | null): BatteryReading | null {
  const percent = facts === null ? null : toPercent(facts.percent)
  if (facts === null || !facts.hasBattery || percent === null) return null
  return { levelRatio: percent / 100, isCharging: facts.isCharging }
}

function toPercent(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null
  return Math.round(Math.min(100, Math.max(0, value)) * 10) / 10
}
