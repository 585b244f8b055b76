import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomCode } from '../../core/lobby/parseRoomCode.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { useFollowCode } from '../../stores/useFollowCode.ts'
import { describeCodeFailure } from '../../messages/describeCodeFailure.ts'
import styles from './RoomList.module.css'

const actions = {
  room: 'link.go',
  roomInvite: 'link.go',
  unknownInvite: 'link.go',
  recurringInvite: 'link.accept',
  host: 'nearby.join.title',
} as const

/** Stands for the list, or above it, when a code is searched for. Whether there is such a room shows only to who may join it. */
export function RoomByCode({ code }: { readonly code: RoomCode }) {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const follow = useFollowCode()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const open = async () => {
    setBusy(true)
    setFailure(null)
    const refused = await follow(code)
    setBusy(false)
    setFailure(refused)
    if (refused === null) lobby.search('')
  }
  return (
    <div className={styles['empty']} data-beside={code.kind === 'unknownInvite' || undefined}>
      <KeyRound size={28} aria-hidden className={styles['emptyIcon']} />
      <p className={styles['emptyTitle']}>{t(`lobby.code.${code.kind}.title`)}</p>
      <p className={styles['emptyHint']}>{t(`lobby.code.${code.kind}.hint`)}</p>
      {failure === null ? null : (
        <p className={styles['emptyFailure']} role="alert">
          {describeCodeFailure(t, failure)}
        </p>
      )}
      <div className={styles['emptyAction']}>
        <Button busy={isBusy} onClick={() => void open()}>
          {isBusy ? t('link.accepting') : t(actions[code.kind])}
        </Button>
      </div>
    </div>
  )
}
