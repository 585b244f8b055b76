import type { SettingsStore } from '../stores/settingsStore.ts'
import { createDeviceCheck, type DeviceCheck } from './createDeviceCheck.ts'

/** Devices of their own, as an external store of React's: there while somebody looks, released when nobody does any more. */
export interface DeviceCheckHolder {
  readonly current: () => DeviceCheck | null
  readonly subscribe: (listener: () => void) => () => void
}

export function createDeviceCheckHolder(settings: SettingsStore): DeviceCheckHolder {
  const listeners = new Set<() => void>()
  let opened: DeviceCheck | null = null
  return {
    current: () => opened,
    subscribe(listener) {
      listeners.add(listener)
      if (opened === null) {
        opened = createDeviceCheck(settings)
        for (const tell of listeners) tell()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        opened?.dispose()
        opened = null
      }
    },
  }
}
