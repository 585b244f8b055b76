import { Hand } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { orderHands } from '../../core/gestures/orderHands.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Gestures.module.css'

type Live = Extract<CallSnapshot, { kind: 'live' }>

/** Whose turn it is: the hands that are up, in the order of raising. Nothing while all are down. */
export function RaisedHands({
  self,
  others,
  mayLower,
}: Pick<Live, 'self' | 'others'> & {
  /** Who opened the room may lower anybody's. */
  readonly mayLower: boolean
}) {
  const { t } = useTranslation()
  const { gestures } = useRoom()
  const titleId = useId()
  const hands = orderHands({ self, others })
  if (hands.length === 0) return null
  return (
    <section className={styles['hands']} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles['handsTitle']}>
        <Hand size={16} aria-hidden />
        {t('room.gestures.hands')}
      </h3>
      <ol className={styles['handsList']}>
        {hands.map(({ userId, displayName, isSelf }, index) => (
          <li key={userId} className={styles['handsItem']}>
            <span className={styles['handsPlace']} aria-hidden>
              {index + 1}
            </span>
            <span className={styles['handsName']}>
              {isSelf ? t('room.self', { name: displayName }) : displayName}
            </span>
            {isSelf || mayLower ? (
              <Button
                variant="quiet"
                aria-label={
                  isSelf ? t('room.gestures.lower') : t('room.gestures.lowerOf', { name: displayName })
                }
                onClick={() => void (isSelf ? gestures.toggleHand() : gestures.lowerHand(userId))}
              >
                {t('room.gestures.lowerShort')}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
