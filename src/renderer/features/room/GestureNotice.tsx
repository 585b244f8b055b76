import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { orderHands } from '../../core/gestures/orderHands.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useOwnHand } from './useOwnHand.ts'

/** Says above the bar that one's own hand is up and where in the row, with the way to lower it; and why it did not move. */
export function GestureNotice() {
  const { t } = useTranslation()
  const { call, gestures } = useRoom()
  const failure = useStore(gestures.store, (state) => state.failure)
  // 0: it is down, or not counted yet.
  const place = useStore(call.store, (state) =>
    state.kind === 'live' ? orderHands(state).findIndex(({ isSelf }) => isSelf) + 1 : 0,
  )
  const isUp = useOwnHand()
  return (
    <>
      {failure === null ? null : (
        <Notice
          tone="danger"
          action={
            <Button variant="quiet" onClick={gestures.dismissFailure}>
              {t('notice.dismiss')}
            </Button>
          }
        >
          {describeRoomsFailure(t, failure)}
        </Notice>
      )}
      {isUp ? (
        <Notice
          tone="info"
          action={
            <Button variant="quiet" onClick={() => void gestures.toggleHand()}>
              {t('room.gestures.lower')}
            </Button>
          }
        >
          {place > 1 ? t('room.gestures.isUpPlace', { place }) : t('room.gestures.isUp')}
        </Notice>
      ) : null}
    </>
  )
}
