import type { MachineChange, MachineFigures } from '../../shared/machine/machineFigures.ts'
import { MACHINE_WATCH_MS } from '../../shared/limits.ts'
import { compareNetworks } from './compareNetworks.ts'
import { isDue, noteReading, renew, type SlowReading, unread } from './slowReading.ts'
import { type BatteryFacts, type MachineFacts, summarizeMachine } from './summarizeMachine.ts'

/** What can be read of the machine. None rejects or throws: what cannot be read is null. */
export interface MachineSources {
  /** Percent of all processors that was busy since the call before. */
  readonly readSystemPercent: () => number | null
  /** The same for the app's own processes. */
  readonly readOwnPercent: () => number | null
  readonly readBattery: () => Promise<BatteryFacts | null>
  readonly readTemperature: () => Promise<number | null>
  readonly isOnBatteryPower: () => boolean
  readonly thermalState: () => MachineFacts['thermalState']
  readonly networks: () => ReadonlySet<string>
}

/** How often each is read. */
export interface SamplingPace {
  readonly loadMs: number
  readonly batteryMs: number
  readonly temperatureMs: number
}

/** Load is cheap to read. On Windows a battery costs three PowerShells, elsewhere a few small files or one small program. */
export function selectPace(platform: NodeJS.Platform): SamplingPace {
  const isCostly = platform === 'win32'
  return { loadMs: 2_000, batteryMs: isCostly ? 300_000 : 60_000, temperatureMs: isCostly ? 300_000 : 60_000 }
}

/** Load over a longer time than this many intervals, as after sleep, says nothing about now. */
const STALE_INTERVALS = 5

interface Dependencies {
  readonly sources: MachineSources
  readonly pace: SamplingPace
  readonly nowMs: () => number
  /** Calls back once; the answer ends the wait. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  readonly onMeasured: (figures: MachineFigures) => void
  readonly onChanged: (change: MachineChange) => void
}

/** Measures the machine while somebody watches, and not at all otherwise. */
export interface MachineSampler {
  /** Measures for the next `MACHINE_WATCH_MS`. Answers with the latest figures; null when there are none. */
  readonly watch: () => MachineFigures | null
  readonly unwatch: () => void
  /** The power supply has changed: told as soon as it is read. */
  readonly notePower: () => void
  /** The system slows its processors down, or lets them run again. */
  readonly noteSpeedLimit: (percent: number) => void
  /** Heat: told at once. */
  readonly noteThermalState: () => void
}

/** One loop, one round at a time: a round that takes long delays the next one and is not overtaken. */
export function createMachineSampler(deps: Dependencies): MachineSampler {
  const { sources, pace } = deps
  /** While nobody watches: null. */
  let watch: { untilMs: number; networks: ReadonlySet<string>; loadAtMs: number } | null = null
  let cancel: () => void = () => undefined
  let battery: SlowReading<BatteryFacts> = unread
  let temperature: SlowReading<number> = unread
  let load: Pick<MachineFacts, 'systemPercent' | 'ownPercent'> = { systemPercent: null, ownPercent: null }
  let speedLimitPercent: number | null = null
  let latest: MachineFigures | null = null

  function tell(): void {
    latest = summarizeMachine({
      ...load,
      temperatureCelsius: temperature.value,
      battery: battery.value,
      isOnBatteryPower: sources.isOnBatteryPower(),
      thermalState: sources.thermalState(),
      speedLimitPercent,
    })
    deps.onMeasured(latest)
  }

  function readLoad(of: NonNullable<typeof watch>): void {
    const systemPercent = sources.readSystemPercent()
    const ownPercent = sources.readOwnPercent()
    const nowMs = deps.nowMs()
    // The first one is measured from whenever somebody watched before.
    const isFresh = nowMs - of.loadAtMs <= pace.loadMs * STALE_INTERVALS
    of.loadAtMs = nowMs
    load = isFresh ? { systemPercent, ownPercent } : { systemPercent: null, ownPercent: null }
  }

  async function readSlow(): Promise<void> {
    const nowMs = deps.nowMs()
    if (isDue(battery, nowMs)) {
      battery = noteReading(battery, await sources.readBattery(), nowMs, pace.batteryMs)
    }
    if (isDue(temperature, nowMs)) {
      temperature = noteReading(temperature, await sources.readTemperature(), nowMs, pace.temperatureMs)
    }
  }

  function lookAtNetworks(of: NonNullable<typeof watch>): void {
    const networks = sources.networks()
    const change = compareNetworks(of.networks, networks)
    of.networks = networks
    if (change !== null) deps.onChanged(change)
  }

  async function round(of: NonNullable<typeof watch>): Promise<void> {
    if (deps.nowMs() >= of.untilMs) {
      unwatch()
      return
    }
    readLoad(of)
    await readSlow()
    if (watch !== of) return
    tell()
    lookAtNetworks(of)
    cancel = deps.setTimer(() => void round(of), pace.loadMs)
  }

  function unwatch(): void {
    cancel()
    watch = null
    latest = null
  }

  return {
    watch() {
      const untilMs = deps.nowMs() + MACHINE_WATCH_MS
      if (watch !== null) {
        watch.untilMs = untilMs
        return latest
      }
      watch = { untilMs, networks: sources.networks(), loadAtMs: Number.NEGATIVE_INFINITY }
      void round(watch)
      return latest
    },
    unwatch,
    notePower() {
      battery = renew(battery)
      if (latest !== null) tell()
    },
    noteSpeedLimit(percent) {
      speedLimitPercent = percent
      if (latest !== null) tell()
    },
    noteThermalState() {
      if (latest !== null) tell()
    },
  }
}
