import { DoorClosed, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CallEnd } from '../../core/call/callSnapshot.ts'
import { describeCallEnd } from '../../messages/describeFailure.ts'
import type { RoomTarget } from '../../stores/navigationStore.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { MessagePage } from '../../ui/MessagePage.tsx'

export interface EndedScreenProps {
  readonly target: RoomTarget
  readonly roomName: string
  readonly reason: CallEnd
}

/** Why the call is over, and where to go from here. */
export function EndedScreen({ target, roomName, reason }: EndedScreenProps) {
  const { t } = useTranslation()
  const { navigation } = useApp()
  const { call } = useRoom()
  const { title, body } = describeCallEnd(t, reason, roomName)
  const canRejoin = reason !== 'roomClosed' && reason !== 'removed' && reason !== 'shutOut'
  return (
    <MessagePage
      icon={reason === 'lost' ? <WifiOff size={22} /> : <DoorClosed size={22} />}
      title={title}
      actions={
        <>
          {canRejoin ? (
            <Button
              variant="primary"
              size="large"
              onClick={() => {
                call.dismiss()
                navigation.go({ kind: 'prejoin', target })
              }}
            >
              {t('room.ended.rejoin')}
            </Button>
          ) : null}
          <Button
            variant={canRejoin ? 'secondary' : 'primary'}
            size="large"
            onClick={() => {
              call.dismiss()
              navigation.go({ kind: 'lobby' })
            }}
          >
            {t('room.ended.lobby')}
          </Button>
        </>
      }
    >
      <p>{body}</p>
    </MessagePage>
  )
}
