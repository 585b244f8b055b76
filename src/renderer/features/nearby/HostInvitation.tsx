import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { buildHostLink, parseHostCode } from '../../../shared/nearby/hostCode.ts'
import type { HostingState } from '../../../shared/nearby/nearbyState.ts'
import { useApp } from '../../stores/services.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import styles from './Nearby.module.css'
import { QrCode } from './QrCode.tsx'

/** The code as text and as a picture. From within a room it leads right there. */
export function HostInvitation({
  hosting,
}: {
  readonly hosting: Extract<HostingState, { readonly kind: 'on' }>
}) {
  const { t } = useTranslation()
  const { activeCall } = useApp()
  const id = useId()
  const call = useStore(activeCall.store, (state) => state.active)?.call.store.getState()
  const room = call?.kind === 'live' ? call.room : null
  const code = parseHostCode(hosting.code)
  const link = code === null ? hosting.code : buildHostLink({ ...code, roomId: room?.id ?? null })
  return (
    <div className={styles['invitation']}>
      <QrCode text={link} label={t('nearby.host.qr')} />
      <div className={styles['code']}>
        <label htmlFor={id}>{t('nearby.host.code')}</label>
        <textarea
          id={id}
          readOnly
          dir="ltr"
          rows={2}
          value={link}
          spellCheck={false}
          onFocus={(event) => event.target.select()}
        />
        <div>
          <CopyButton
            variant="primary"
            label={t('nearby.host.copy')}
            copiedLabel={t('nearby.host.copied')}
            text={() => link}
            failure={t('nearby.host.notCopied')}
          />
        </div>
        <p className={styles['quiet']}>
          {t('nearby.host.codeHint')} {room === null ? null : t('nearby.host.leadsTo', { room: room.name })}
        </p>
        <dl className={styles['facts']}>
          <dt>{t('nearby.host.reachedAt')}</dt>
          {hosting.addresses.map((address) => (
            // A port is a name, not a number to be grouped.
            <dd key={address}>{t('nearby.host.place', { address, port: String(hosting.port) })}</dd>
          ))}
        </dl>
      </div>
    </div>
  )
}
