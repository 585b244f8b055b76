import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { CarriedLoad } from './CarriedLoad.tsx'
import { HostInvitation } from './HostInvitation.tsx'
import styles from './Nearby.module.css'

/** Opens one's rooms to the network, shows the way in and what it costs, and closes them again. */
export function HostDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { nearby } = useApp()
  const { account } = useSession()
  const hosting = useStore(nearby.store, (state) => state.hosting)
  const isGuest = useStore(nearby.store, (state) => state.guest.kind === 'joined')
  const name = useStore(account.store, (state) =>
    state.kind === 'signedIn' ? state.account.displayName : null,
  )
  const isOn = hosting.kind === 'on'
  return (
    <Dialog
      title={isOn ? t('nearby.host.on') : t('nearby.host.title')}
      closeLabel={t('nearby.host.close')}
      size={isOn ? 'wide' : 'regular'}
      onClose={onClose}
    >
      <div className={styles['body']}>
        {isOn && hosting.addresses.length === 0 ? (
          <Notice tone="warm">{t('nearby.hosting.offline')}</Notice>
        ) : isOn && hosting.hasMoved ? (
          <Notice tone="warm">{t('nearby.hosting.moved')}</Notice>
        ) : null}
        {isOn ? (
          <>
            <HostInvitation hosting={hosting} />
            <CarriedLoad guests={hosting.guests} />
          </>
        ) : (
          <WhatOpens />
        )}
        {isGuest ? <Notice tone="info">{t('nearby.host.asGuest')}</Notice> : null}
        {hosting.kind === 'off' && hosting.problem !== null ? (
          <Notice tone="danger">{t(`nearby.host.problem.${hosting.problem}`)}</Notice>
        ) : null}
        <div className={styles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('nearby.host.close')}
          </Button>
          {isOn ? (
            <Button variant="danger" onClick={nearby.stopHosting}>
              {t('nearby.host.stop')}
            </Button>
          ) : (
            <Button
              variant="primary"
              busy={hosting.kind === 'starting' || isGuest || name === null}
              onClick={() => {
                if (name !== null) nearby.host(name)
              }}
            >
              {hosting.kind === 'starting' ? t('nearby.host.starting') : t('nearby.host.start')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}

function WhatOpens() {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('nearby.host.lead')}</p>
      <ul className={styles['list']}>
        {t('nearby.host.opens', { returnObjects: true }).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className={styles['quiet']}>
        {t('nearby.host.firewall')} {t('nearby.host.media')}
      </p>
    </>
  )
}
