import { useTranslation } from 'react-i18next'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { useRoom } from '../../stores/services.ts'
import { joinList } from '../../messages/joinList.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './LiveRoom.module.css'

export type ConnectionNoticesProps = Pick<Extract<CallSnapshot, { kind: 'live' }>, 'signaling' | 'others'>

/** What does not reach us at the moment, in words, and a way to have it tried again at once. */
export function ConnectionNotices({ signaling, others }: ConnectionNoticesProps) {
  const { t, i18n } = useTranslation()
  const { call } = useRoom()
  const retry = <Button onClick={() => call.retry()}>{t('room.retry')}</Button>
  const unreached = others.filter((person) => person.link === 'failed').map((person) => person.displayName)
  return (
    <>
      {signaling === 'reconnecting' ? (
        <div className={styles['notice']}>
          <Notice tone="warm" action={retry}>
            {t('room.signalingReconnecting')}
          </Notice>
        </div>
      ) : null}
      {signaling !== 'reconnecting' && unreached.length > 0 ? (
        <div className={styles['notice']}>
          <Notice tone="warm" action={retry}>
            {t('room.unreached', { names: joinList(i18n.language, unreached) })}
          </Notice>
        </div>
      ) : null}
    </>
  )
}
