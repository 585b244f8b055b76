import { cpus, networkInterfaces } from 'node:os'
import { app, powerMonitor } from 'electron'
import type { MainLog } from '../log/mainLog.ts'
import { selectNetworks } from './compareNetworks.ts'
import type { MachineSources } from './createMachineSampler.ts'
import { type ProcessorTimes, selectLoadPercent, sumProcessorTimes } from './processorTimes.ts'

/**
 * The machine by Node, Electron and `systeminformation`. What is read every 2 s starts no program: the library's `currentLoad` runs
 * a shell on Linux, five times as costly as `os.cpus()`. Its battery and temperature are read once a minute at most; it is loaded
 * when first read, not at the start.
 */
export function createMachineSources(log: MainLog): MachineSources {
  const load = () => import('systeminformation')
  const readTimes = () => sumProcessorTimes(cpus(), process.platform)
  const failed = new Set<string>()
  /** The first load is of the time since the machine started, and is not told. */
  let times: ProcessorTimes = { busyMs: 0, idleMs: 0 }

  /** Says once of each that it does not work. */
  async function attempt<T>(what: string, read: () => Promise<T>): Promise<T | null> {
    try {
      return await read()
    } catch (error) {
      if (!failed.has(what)) log.warn(`machine: ${what} cannot be read: ${String(error)}`)
      failed.add(what)
      return null
    }
  }

  return {
    readSystemPercent() {
      const before = times
      times = readTimes()
      return selectLoadPercent(before, times)
    },
    // Each is a share of the whole machine, since the call before (electron/shell/browser/api/electron_api_app.cc).
    readOwnPercent: () => app.getAppMetrics().reduce((sum, { cpu }) => sum + cpu.percentCPUUsage, 0),
    readBattery: () =>
      attempt('the battery', async () => {
        const facts = await (await load()).battery()
        return facts.hasBattery ? facts : null
      }),
    readTemperature: () =>
      attempt('the temperature', async () => (await (await load()).cpuTemperature()).main),
    isOnBatteryPower: () => powerMonitor.isOnBatteryPower(),
    thermalState: () => (process.platform === 'darwin' ? powerMonitor.getCurrentThermalState() : 'unknown'),
    networks: () => selectNetworks(networkInterfaces()),
  }
}
