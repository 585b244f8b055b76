import type { TFunction } from 'i18next'
import type { MachineSnapshot } from '../controllers/contracts.ts'
import type { StatisticsRow, StatisticsSection } from './describeStatistics.ts'

/** How this computer does, for the panel of statistics; null while nothing is measured. What the system does not tell is left out. */
export function describeMachine(t: TFunction, { latest, loads }: MachineSnapshot): StatisticsSection | null {
  if (latest === null) return null
  const { cpu, temperatureCelsius, battery, powerSource, thermalState, speedLimitPercent } = latest
  const isSlowed = speedLimitPercent !== null && speedLimitPercent < 100
  const load = (label: string, part: 'systemPercent' | 'ownPercent'): StatisticsRow => ({
    label,
    value: formatPercent(t, cpu[part]),
    series: { values: loads.map((past) => past[part]), floor: 100 },
  })
  const row = (label: string, value: string): StatisticsRow => ({ label, value, series: null })
  return {
    key: 'machine',
    title: t('statistics.machine.title'),
    summary: t(`statistics.machine.power.${powerSource}`),
    rows: [
      load(t('statistics.machine.system'), 'systemPercent'),
      load(t('statistics.machine.own'), 'ownPercent'),
      ...(temperatureCelsius === null
        ? []
        : [
            row(
              t('statistics.machine.temperature'),
              t('statistics.machine.celsius', { value: temperatureCelsius }),
            ),
          ]),
      ...(battery === null
        ? []
        : [
            row(
              t('statistics.machine.battery'),
              t(`statistics.machine.${battery.isCharging ? 'charging' : 'charged'}`, {
                value: Math.round(battery.levelRatio * 100),
              }),
            ),
          ]),
      ...(thermalState === null
        ? []
        : [row(t('statistics.machine.heat'), t(`statistics.machine.heats.${thermalState}`))]),
      ...(isSlowed ? [row(t('statistics.machine.speed'), formatPercent(t, speedLimitPercent))] : []),
    ],
  }
}

function formatPercent(t: TFunction, percent: number | null): string {
  return percent === null ? t('statistics.none') : t('statistics.percent', { value: Math.round(percent) })
}
