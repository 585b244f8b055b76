import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { SettingsPanel } from '../features/settings/SettingsPanel.tsx'
import { DeviceServicesProvider, useApp, useMaybeRoom } from '../stores/services.ts'
import type { SettingsSection } from '../stores/settingsPanelStore.ts'
import { createDeviceCheckHolder } from './createDeviceCheckHolder.ts'

/** The settings with the devices of the call, or with some of their own where there is none. */
export function SettingsPart({ section }: { readonly section: SettingsSection }) {
  const room = useMaybeRoom()
  if (room !== null) return <SettingsPanel section={section} />
  return (
    <OwnDevices>
      <SettingsPanel section={section} />
    </OwnDevices>
  )
}

/** Devices for as long as the settings are open. */
function OwnDevices({ children }: { readonly children: ReactNode }) {
  const { settings } = useApp()
  const [holder] = useState(() => createDeviceCheckHolder(settings))
  const check = useSyncExternalStore(holder.subscribe, holder.current)
  return check === null ? null : <DeviceServicesProvider value={check}>{children}</DeviceServicesProvider>
}
