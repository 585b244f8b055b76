import type { EffectRelief } from '../ports/effects.ts'
import { type Picture, selectSmallest } from './picture.ts'
import type { LinkReading, MachineReading, QualityInput } from './qualityInput.ts'
import type { QualityReason } from './qualityPlan.ts'

/** Above this the machine has no room left for what people do beside the call. */
export const CPU_HIGH_PERCENT = 80
/** Load swings: once high, it counts as high down to here. */
const CPU_STILL_HIGH_PERCENT = 75
const CPU_CALM_PERCENT = 65
const HIGH_PATIENCE_MS = 10_000
export const CALM_PATIENCE_MS = 20_000
const CALM_PATIENCE_MAX_MS = 160_000
/** Load that returns this soon after something was given back means that it was too early. */
const RELAPSE_MS = 60_000
/** More than this share of frames that came and were never shown is seen as stutter. */
const DROPPED_RATIO_MAX = 0.3

/** What pictures give up, step by step. It never goes as far as no picture: that is for people to decide. */
const PICTURES = [
  { shortSide: Number.POSITIVE_INFINITY, framerate: Number.POSITIVE_INFINITY },
  { shortSide: 480, framerate: 15 },
  { shortSide: 360, framerate: 15 },
  { shortSide: 180, framerate: 15 },
] as const satisfies readonly Picture[]
/** What is done to our own picture and voice gives way before any picture does. */
const EFFECTS = ['none', 'simple', 'least'] as const satisfies readonly EffectRelief[]
const MOST_FOR_PICTURES = PICTURES.length - 1
const MOST_FOR_EFFECTS = EFFECTS.length - 1
const MOST_RELIEF = MOST_FOR_EFFECTS + MOST_FOR_PICTURES

/** What there is to give up besides the size of pictures. */
type Effects = Pick<QualityInput, 'usesBlur' | 'usesStrongNoise'>

/** How far load has been shed, and for how long things have been pointing elsewhere. */
export interface MachineLoad {
  /** Steps shed because of the processor alone: those of effects come first, then those of pictures. */
  readonly relief: number
  readonly highSinceMs: number | null
  readonly calmSinceMs: number | null
  readonly calmPatienceMs: number
  readonly relievedAtMs: number | null
  /** The last reading that was above the bound, for as long as it is worth a warning. */
  readonly warnedPercent: number | null
}

export const initialMachineLoad: MachineLoad = {
  relief: 0,
  highSinceMs: null,
  calmSinceMs: null,
  calmPatienceMs: CALM_PATIENCE_MS,
  relievedAtMs: null,
  warnedPercent: null,
}

/**
 * Sheds one step after 10 s of too much, gives one back after 20 s of calm, and later when that was too early. Steps of effects that
 * nobody uses are passed over.
 */
export function followLoad(
  load: MachineLoad,
  input: Pick<QualityInput, 'machine' | 'nowMs'> & Effects,
  readings: readonly LinkReading[],
): MachineLoad {
  const { nowMs } = input
  const { cpuLoadPercent } = input.machine
  const bound = load.highSinceMs === null ? CPU_HIGH_PERCENT : CPU_STILL_HIGH_PERCENT
  const isCpuHigh = cpuLoadPercent !== null && cpuLoadPercent > bound
  const isStruggling = readings.some(selectIsStruggling)
  if (isCpuHigh || isStruggling) return considerShedding(load, isCpuHigh ? cpuLoadPercent : null, input)
  const isCalm = selectIsCalm(input.machine)
  const warnedPercent = isCalm ? null : load.warnedPercent
  const rested = { ...load, highSinceMs: null, warnedPercent }
  return isCalm ? considerGivingBack(rested, input, nowMs) : { ...rested, calmSinceMs: null }
}

function selectIsCalm({ cpuLoadPercent }: MachineReading): boolean {
  return cpuLoadPercent === null || cpuLoadPercent < CPU_CALM_PERCENT
}

/** Whether nothing is shed, and nothing points to it. */
export function selectIsAtEase(load: MachineLoad, machine: MachineReading): boolean {
  return load.relief === 0 && load.highSinceMs === null && selectIsCalm(machine)
}

/** The browser itself says that it cannot keep up, with what it encodes or with what it decodes. */
function selectIsStruggling({ limitation, framesDecoded, framesDropped }: LinkReading): boolean {
  if (limitation === 'cpu') return true
  const frames = (framesDecoded ?? 0) + (framesDropped ?? 0)
  return frames >= 10 && (framesDropped ?? 0) / frames > DROPPED_RATIO_MAX
}

/** Whether a step leaves anything to others: of effects only those that are used can be given up. */
function selectIsOfUse(relief: number, { usesBlur, usesStrongNoise }: Effects): boolean {
  if (relief === 0 || relief > MOST_FOR_EFFECTS) return true
  return usesBlur || (usesStrongNoise && relief === MOST_FOR_EFFECTS)
}

function selectNextRelief(relief: number, by: 1 | -1, effects: Effects): number {
  const next = Math.min(MOST_RELIEF, Math.max(0, relief + by))
  return next === relief || selectIsOfUse(next, effects) ? next : selectNextRelief(next, by, effects)
}

function considerShedding(
  load: MachineLoad,
  cpuLoadPercent: number | null,
  input: Pick<QualityInput, 'nowMs'> & Effects,
): MachineLoad {
  const { nowMs } = input
  const highSinceMs = load.highSinceMs ?? nowMs
  const waiting = { ...load, highSinceMs, calmSinceMs: null }
  if (nowMs - highSinceMs < HIGH_PATIENCE_MS) {
    return load.warnedPercent === null || cpuLoadPercent === null
      ? waiting
      : { ...waiting, warnedPercent: cpuLoadPercent }
  }
  const isRelapse = load.relievedAtMs !== null && nowMs - load.relievedAtMs < RELAPSE_MS
  return {
    ...waiting,
    relief: selectNextRelief(load.relief, 1, input),
    highSinceMs: nowMs,
    relievedAtMs: null,
    calmPatienceMs: isRelapse ? Math.min(load.calmPatienceMs * 2, CALM_PATIENCE_MAX_MS) : load.calmPatienceMs,
    warnedPercent: cpuLoadPercent ?? load.warnedPercent,
  }
}

function considerGivingBack(load: MachineLoad, effects: Effects, nowMs: number): MachineLoad {
  if (load.relief === 0) {
    const isForgotten = load.relievedAtMs !== null && nowMs - load.relievedAtMs >= RELAPSE_MS
    return isForgotten ? { ...load, calmPatienceMs: CALM_PATIENCE_MS, relievedAtMs: null } : load
  }
  const calmSinceMs = load.calmSinceMs ?? nowMs
  if (nowMs - calmSinceMs < load.calmPatienceMs) return { ...load, calmSinceMs }
  return {
    ...load,
    relief: selectNextRelief(load.relief, -1, effects),
    calmSinceMs: nowMs,
    relievedAtMs: nowMs,
  }
}

/** What the machine leaves to pictures and effects, and what sets it: the processor, heat, or a battery that runs low. */
export function selectMachineCap(
  load: MachineLoad,
  machine: MachineReading,
): { readonly picture: Picture; readonly reason: QualityReason | null; readonly effects: EffectRelief } {
  const byCpu = Math.max(0, load.relief - MOST_FOR_EFFECTS)
  const byHeat = { nominal: 0, fair: 0, serious: 1, critical: MOST_FOR_PICTURES }[
    machine.thermalState ?? 'nominal'
  ]
  const byBattery = selectBatteryRelief(machine.battery)
  const relief = Math.max(byCpu, byHeat, byBattery)
  const reason = relief === 0 ? null : relief === byCpu ? 'cpu' : relief === byHeat ? 'heat' : 'battery'
  const effects = Math.min(MOST_FOR_EFFECTS, Math.max(load.relief, byHeat, byBattery))
  return { picture: selectRelieved(relief), reason, effects: EFFECTS[effects] ?? 'none' }
}

/** What is left after so many steps. */
function selectRelieved(relief: number): Picture {
  return PICTURES.slice(0, relief + 1).reduce<Picture>(
    (left, step) => selectSmallest(left, step),
    PICTURES[0],
  )
}

function selectBatteryRelief(battery: MachineReading['battery']): number {
  if (battery === null || battery.isCharging) return 0
  if (battery.levelRatio < 0.1) return 2
  return battery.levelRatio < 0.2 ? 1 : 0
}
