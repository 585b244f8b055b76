import type { MachineChange } from '../../shared/machine/machineFigures.ts'
import type { MachineSampler } from './createMachineSampler.ts'

/**
 * Follows Electron's `powerMonitor` as long as the app runs. Which events come depends on the system: sleep everywhere, lock and
 * speed limit on macOS and Windows, heat on macOS.
 */
export function watchPower(
  monitor: Pick<Electron.PowerMonitor, 'on'>,
  sampler: Pick<MachineSampler, 'notePower' | 'noteSpeedLimit' | 'noteThermalState'>,
  onChanged: (change: MachineChange) => void,
): void {
  monitor.on('suspend', () => onChanged('suspending'))
  monitor.on('resume', () => onChanged('resumed'))
  monitor.on('lock-screen', () => onChanged('locked'))
  monitor.on('unlock-screen', () => onChanged('unlocked'))
  monitor.on('on-ac', () => sampler.notePower())
  monitor.on('on-battery', () => sampler.notePower())
  monitor.on('speed-limit-change', ({ limit }) => sampler.noteSpeedLimit(limit))
  monitor.on('thermal-state-change', () => sampler.noteThermalState())
}
