import { Hand } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './Gestures.module.css'

/** A raised hand, until it is lowered. */
export function TileHand() {
  const { t } = useTranslation()
  return (
    <span className={styles['hand']} data-testid="hand">
      <Hand size={16} aria-hidden />
      {t('room.gestures.up')}
    </span>
  )
}
