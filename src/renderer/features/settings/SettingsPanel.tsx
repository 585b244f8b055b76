import {
  Bell,
  Camera,
  CircleUser,
  Gauge,
  HardDrive,
  Info,
  Keyboard,
  Palette,
  Power,
  Server,
  ShieldCheck,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../stores/services.ts'
import { type SettingsSection, settingsSections } from '../../stores/settingsPanelStore.ts'
import { SectionDialog } from '../../ui/SectionDialog.tsx'
import { AboutSection } from './AboutSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { BackendSection } from './BackendSection.tsx'
import { DevicesSection } from './DevicesSection.tsx'
import { NotificationsSection } from './NotificationsSection.tsx'
import { PrivacySection } from './PrivacySection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { QualitySection } from './QualitySection.tsx'
import { ShortcutsSection } from './ShortcutsSection.tsx'
import { StartUpSection } from './StartUpSection.tsx'
import { StorageSection } from './StorageSection.tsx'

const parts: Readonly<
  Record<SettingsSection, { readonly Icon: typeof Bell; readonly Part: () => ReactNode }>
> = {
  profile: { Icon: CircleUser, Part: ProfileSection },
  devices: { Icon: Camera, Part: DevicesSection },
  quality: { Icon: Gauge, Part: QualitySection },
  appearance: { Icon: Palette, Part: AppearanceSection },
  notifications: { Icon: Bell, Part: NotificationsSection },
  shortcuts: { Icon: Keyboard, Part: ShortcutsSection },
  startUp: { Icon: Power, Part: StartUpSection },
  privacy: { Icon: ShieldCheck, Part: PrivacySection },
  backend: { Icon: Server, Part: BackendSection },
  storage: { Icon: HardDrive, Part: StorageSection },
  about: { Icon: Info, Part: AboutSection },
}

/** All settings, over whatever screen stands. Each choice holds at once. */
export function SettingsPanel({ section }: { readonly section: SettingsSection }) {
  const { t } = useTranslation()
  const { settingsPanel } = useApp()
  const { Part } = parts[section]
  return (
    <SectionDialog
      title={t('settings.title')}
      closeLabel={t('settings.close')}
      section={section}
      sections={settingsSections.map((value) => {
        const { Icon } = parts[value]
        return { value, label: t(`settings.sections.${value}`), icon: <Icon size={18} aria-hidden /> }
      })}
      onSection={(next) => settingsPanel.open(next)}
      onClose={() => settingsPanel.close()}
    >
      <Part />
    </SectionDialog>
  )
}
