import { KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import styles from './RoomList.module.css'

/** Stands for the list when a room's code is searched for. Whether there is such a room shows only to who may join it. */
export function RoomByCode({
  isInvited,
  onOpen,
}: {
  readonly isInvited: boolean
  readonly onOpen: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className={styles['empty']}>
      <KeyRound size={28} aria-hidden className={styles['emptyIcon']} />
      <p className={styles['emptyTitle']}>{isInvited ? t('lobby.inviteTitle') : t('lobby.codeTitle')}</p>
      <p className={styles['emptyHint']}>{isInvited ? t('lobby.inviteHint') : t('lobby.codeHint')}</p>
      <div className={styles['emptyAction']}>
        <Button onClick={onOpen}>{t('lobby.codeOpen')}</Button>
      </div>
    </div>
  )
}
