import type { TimerLengths } from '../ports/roomTimer.ts'

const MINUTES_MAX = 180
const ROUNDS_MAX = 12

export const timerLimits: Readonly<
  Record<keyof TimerLengths, { readonly min: number; readonly max: number }>
> = {
  focusMinutes: { min: 1, max: MINUTES_MAX },
  shortBreakMinutes: { min: 1, max: MINUTES_MAX },
  longBreakMinutes: { min: 1, max: MINUTES_MAX },
  rounds: { min: 1, max: ROUNDS_MAX },
}

/** What many study by, the usual one first. */
export const timerPresets: readonly TimerLengths[] = [
  { focusMinutes: 25, shortBreakMinutes: 5, longBreakMinutes: 15, rounds: 4 },
  { focusMinutes: 50, shortBreakMinutes: 10, longBreakMinutes: 20, rounds: 3 },
]

/** A number as somebody types it; null where it is none that the field takes. */
export function readLength(field: keyof TimerLengths, text: string): number | null {
  const { min, max } = timerLimits[field]
  const value = /^\s*\d{1,3}\s*$/u.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : null
}

/** Which of the presets it is; -1: none. */
export function selectPreset(lengths: TimerLengths): number {
  return timerPresets.findIndex(
    (preset) =>
      preset.focusMinutes === lengths.focusMinutes &&
      preset.shortBreakMinutes === lengths.shortBreakMinutes &&
      preset.longBreakMinutes === lengths.longBreakMinutes &&
      preset.rounds === lengths.rounds,
  )
}
