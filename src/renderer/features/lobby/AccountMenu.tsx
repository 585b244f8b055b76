import { LogOut, Radio, Settings as SettingsIcon, Wifi } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Settings } from '../../../shared/settings/settings.ts'
import { PersonAvatar } from '../../components/PersonAvatar.tsx'
import { useOwnAvatar } from '../../components/useOwnAvatar.ts'
import { useApp, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { fromPopover, Popover } from '../../ui/Popover.tsx'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'
import styles from './AccountMenu.module.css'

/** Who I am, how the app looks, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation()
  const { backend, nearby, requests, settings, settingsPanel } = useApp()
  const { account } = useSession()
  const name = useStore(account.store, (state) =>
    state.kind === 'signedIn' ? state.account.displayName : '',
  )
  const avatar = useOwnAvatar()
  const theme = useStore(settings.store, (state) => state.settings?.theme ?? 'system')
  const isGuest = useStore(nearby.store, (state) => state.guest.kind === 'joined')
  const isHosting = useStore(nearby.store, (state) => state.hosting.kind !== 'off')
  const isEmbedded = useStore(backend.store, (state) => state.kind === 'ready' && state.mode === 'embedded')
  const themes: readonly { readonly value: Settings['theme']; readonly label: string }[] = [
    { value: 'system', label: t('account.themeSystem') },
    { value: 'light', label: t('account.themeLight') },
    { value: 'dark', label: t('account.themeDark') },
  ]
  return (
    <Popover
      label={t('account.menu')}
      placement="below-end"
      button={{
        variant: 'quiet',
        icon: <PersonAvatar name={name} avatar={avatar} size={28} />,
        'aria-label': t('account.open', { name }),
        children: <span className={styles['buttonName']}>{name}</span>,
      }}
    >
      <div className={styles['panel']}>
        <div className={styles['who']}>
          <span className={styles['quiet']}>{t('account.signedInAs')}</span>
          <bdi className={styles['name']}>{name}</bdi>
        </div>
        <SegmentedChoice
          label={t('account.theme')}
          value={theme}
          options={themes}
          onChange={(next) => settings.update({ theme: next })}
        />
        <hr className={styles['rule']} />
        {isEmbedded ? (
          <Button
            variant="quiet"
            icon={<Radio size={16} aria-hidden />}
            onClick={fromPopover(() => requests.ask({ kind: 'hostNearby' }))}
          >
            {t('nearby.host.open')}
          </Button>
        ) : null}
        {isGuest || isHosting ? null : (
          <Button
            variant="quiet"
            icon={<Wifi size={16} aria-hidden />}
            onClick={fromPopover(() => requests.ask({ kind: 'joinNearby', code: null }))}
          >
            {t('nearby.join.open')}
          </Button>
        )}
        <Button
          variant="quiet"
          icon={<SettingsIcon size={16} aria-hidden />}
          onClick={fromPopover(() => settingsPanel.open())}
        >
          {t('settings.open')}
        </Button>
        <Button
          variant="quiet"
          icon={<LogOut size={16} aria-hidden />}
          onClick={() => void account.signOut()}
        >
          {t('account.signOut')}
        </Button>
      </div>
    </Popover>
  )
}
