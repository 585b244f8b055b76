import { useTranslation } from 'react-i18next'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { Notice } from '../../ui/Notice.tsx'
import { CallBar } from './CallBar.tsx'
import styles from './LiveRoom.module.css'
import { RoomAnnouncer } from './RoomAnnouncer.tsx'
import { TileGrid } from './TileGrid.tsx'

/** The room: its name, the people, and one bar of controls. */
export function LiveRoom({ snapshot }: { readonly snapshot: Extract<CallSnapshot, { kind: 'live' }> }) {
  const { t } = useTranslation()
  const count = snapshot.others.length + 1
  return (
    <main className={styles['room']}>
      <header className={styles['header']}>
        <h1 className={styles['name']} title={snapshot.room.name}>
          {snapshot.room.name}
        </h1>
        <span className={styles['count']}>{t('room.count', { count })}</span>
      </header>
      {snapshot.signaling === 'reconnecting' ? (
        <div className={styles['notice']}>
          <Notice tone="warm">{t('room.signalingReconnecting')}</Notice>
        </div>
      ) : null}
      <TileGrid others={snapshot.others} self={snapshot.self} />
      {snapshot.others.length === 0 ? (
        <p className={styles['alone']}>
          {snapshot.room.privacy === 'public' ? t('room.alone') : t('room.alonePrivate')}
        </p>
      ) : null}
      <footer className={styles['footer']}>
        <CallBar />
      </footer>
      <RoomAnnouncer others={snapshot.others} signaling={snapshot.signaling} />
    </main>
  )
}
