import { networkInterfaces } from 'node:os'
import { app, powerMonitor } from 'electron'
import type { MainLog } from '../log/mainLog.ts'
import { selectNetworks } from './compareNetworks.ts'
import type { MachineSources } from './createMachineSampler.ts'

/**
 * The machine by `systeminformation` and Electron. The library is loaded when something is first read: at the start it would
 * only be in the way. Its load is a difference of `os.cpus()`; on Linux temperature takes a shell, which holds the process up
 * for some milliseconds, once a minute.
 */
export function createMachineSources(log: MainLog): MachineSources {
  const load = () => import('systeminformation')
  const failed = new Set<string>()

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
    readSystemPercent: () => attempt('load', async () => (await (await load()).currentLoad()).currentLoad),
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
