import { Radio, Wifi } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp, useMaybeSession, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'

/** The ways to study with the people on one's own network. */
export function NearbyGroup({ isEmbedded }: { readonly isEmbedded: boolean }) {
  const { t } = useTranslation()
  const { nearby, requests } = useApp()
  const session = useMaybeSession()
  const { guest, hosting } = useStore(nearby.store)
  return (
    <SettingsGroup title={t('nearby.settings.title')} hint={t('nearby.settings.hint')}>
      {guest.kind === 'joined' ? <p>{t('nearby.guest.notice', { host: guest.hostName })}</p> : null}
      <div className={styles['actions']}>
        {guest.kind === 'joined' ? (
          <Button onClick={nearby.leave}>{t('nearby.guest.leave', { host: guest.hostName })}</Button>
        ) : (
          <>
            {isEmbedded && session !== null ? <HostButton /> : null}
            {hosting.kind === 'off' ? (
              <Button
                icon={<Wifi size={16} aria-hidden />}
                onClick={() => requests.ask({ kind: 'joinNearby', code: null })}
              >
                {t('nearby.join.open')}
              </Button>
            ) : null}
          </>
        )}
      </div>
    </SettingsGroup>
  )
}

/** For somebody who is signed in: guests are told who hosts. */
function HostButton() {
  const { t } = useTranslation()
  const { requests } = useApp()
  const { account } = useSession()
  const isSignedIn = useStore(account.store, ({ kind }) => kind === 'signedIn')
  if (!isSignedIn) return null
  return (
    <Button icon={<Radio size={16} aria-hidden />} onClick={() => requests.ask({ kind: 'hostNearby' })}>
      {t('nearby.host.open')}
    </Button>
  )
}
