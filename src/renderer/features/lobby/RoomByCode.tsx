import type { TFunction } from 'i18next'
import { KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RoomCode } from '../../core/lobby/parseRoomCode.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './RoomList.module.css'

/** Stands for the list when a room's code is searched for. Whether there is such a room shows only to who may join it. */
export function RoomByCode({
  kind,
  onOpen,
}: {
  readonly kind: RoomCode['kind']
  readonly onOpen: () => void
}) {
  const { t } = useTranslation()
  const [what, hint, open] = describeCode(t, kind)
  return (
    <div className={styles['empty']}>
      <KeyRound size={28} aria-hidden className={styles['emptyIcon']} />
      <p className={styles['emptyTitle']}>{what}</p>
      <p className={styles['emptyHint']}>{hint}</p>
      <div className={styles['emptyAction']}>
        <Button onClick={onOpen}>{open}</Button>
      </div>
    </div>
  )
}

/** What was found, what to know of it, and what the button does. */
function describeCode(t: TFunction, kind: RoomCode['kind']): readonly [string, string, string] {
  switch (kind) {
    case 'room':
      return [t('lobby.codeTitle'), t('lobby.codeHint'), t('lobby.codeOpen')]
    case 'roomInvite':
      return [t('lobby.inviteTitle'), t('lobby.inviteHint'), t('lobby.codeOpen')]
    case 'recurringInvite':
      return [t('lobby.inviteTitle'), t('lobby.recurringInviteHint'), t('lobby.recurringInviteOpen')]
  }
}
