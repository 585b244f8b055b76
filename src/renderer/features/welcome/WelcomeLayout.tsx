import { BookOpen, Settings, Wifi } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './WelcomeScreen.module.css'

/** The frame around the welcome's forms. */
export function WelcomeLayout({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { nearby, requests, settingsPanel } = useApp()
  const isGuest = useStore(nearby.store, (state) => state.guest.kind === 'joined')
  return (
    <main className={styles['page']}>
      <div className={styles['corner']}>
        {isGuest ? null : (
          <Button
            variant="quiet"
            icon={<Wifi size={18} aria-hidden />}
            onClick={() => requests.ask({ kind: 'joinNearby', code: null })}
          >
            {t('nearby.join.open')}
          </Button>
        )}
        <Button
          variant="quiet"
          icon={<Settings size={18} aria-hidden />}
          onClick={() => settingsPanel.open()}
        >
          {t('settings.open')}
        </Button>
      </div>
      <div className={styles['column']}>
        <span className={styles['mark']}>
          <BookOpen size={22} aria-hidden />
        </span>
        <h1 className={styles['title']}>{t('welcome.title')}</h1>
        <p className={styles['lead']}>{t('welcome.lead')}</p>
        {children}
      </div>
    </main>
  )
}
