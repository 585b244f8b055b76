import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Who asks to come in, the first of them; anybody inside may open, or say "not now". */
export function DoorNotice() {
  const { t } = useTranslation()
  const { door } = useRoom()
  const { waiting, isBusy, failure } = useStore(door.store)
  const [first] = waiting
  if (first === undefined) return null
  const { userId, displayName: name } = first
  return (
    <Notice
      tone="info"
      title={
        waiting.length === 1
          ? t('room.door.asks', { name })
          : t('room.door.asksMore', { name, count: waiting.length - 1 })
      }
      action={
        <>
          <Button
            variant="quiet"
            busy={isBusy}
            aria-label={t('room.door.refuseName', { name })}
            onClick={() => void door.decide(userId, false)}
          >
            {t('room.door.refuse')}
          </Button>
          <Button
            variant="primary"
            busy={isBusy}
            aria-label={t('room.door.admitName', { name })}
            onClick={() => void door.decide(userId, true)}
          >
            {t('room.door.admit')}
          </Button>
        </>
      }
    >
      {failure === null ? null : describeRoomsFailure(t, failure)}
    </Notice>
  )
}
