import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './BootScreen.module.css'

/** Shown while the backend starts: the lobby's shape, and one sentence about what is going on. */
export function BootScreen() {
  const { t } = useTranslation()
  return (
    <main className={styles['screen']} aria-busy="true">
      <header className={styles['bar']}>
        <h1 className={styles['brand']}>{t('app.name')}</h1>
        <p className={styles['step']} aria-hidden>
          {t('boot.opening')}
        </p>
      </header>
      <div className={styles['body']}>
        <Skeleton width="120px" height="28px" />
        <ul className={styles['rows']}>
          {[62, 48, 70, 40].map((width) => (
            <li key={width} className={styles['row']}>
              <Skeleton width={`${width / 2}%`} height="18px" />
              <Skeleton width="72px" height="18px" />
            </li>
          ))}
        </ul>
      </div>
      <VisuallyHidden live>{t('boot.opening')}</VisuallyHidden>
    </main>
  )
}
