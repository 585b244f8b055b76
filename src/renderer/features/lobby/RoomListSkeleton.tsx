import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './RoomList.module.css'

/** The shape of the list that comes. */
export function RoomListSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={styles['stack']} aria-busy="true">
      <VisuallyHidden live>{t('lobby.loading')}</VisuallyHidden>
      <div className={styles['list']}>
        {[58, 40, 66, 34].map((width) => (
          <div key={width} className={styles['row']}>
            <Skeleton width={`${width}%`} height="18px" />
            <Skeleton width="48px" height="18px" />
            <Skeleton width="64px" height="32px" />
          </div>
        ))}
      </div>
    </div>
  )
}
