import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './PrejoinScreen.module.css'

/** Stands where the form was, while those inside are asked. */
export function WaitingPanel({ roomName }: { readonly roomName: string }) {
  const { t } = useTranslation()
  const { admission } = useRoom()
  const waiting = useStore(admission.store, (state) => state.waiting)
  const title = useRef<HTMLHeadingElement>(null)
  // The button that was pressed has gone with the form: the focus, and what is spoken, go on here.
  useEffect(() => title.current?.focus(), [])
  const isWaiting = waiting.kind === 'waiting' || waiting.kind === 'admitted'
  return (
    <section className={styles['side']} aria-live="polite">
      <div>
        <h1 ref={title} tabIndex={-1} className={styles['title']}>
          {isWaiting
            ? t('prejoin.waiting.title')
            : t(`prejoin.waiting.${waiting.kind === 'refused' ? 'refusedTitle' : 'overTitle'}`)}
        </h1>
        <p className={styles['room']}>{roomName}</p>
      </div>
      <p>
        {waiting.kind === 'admitted'
          ? t('prejoin.waiting.admitted')
          : isWaiting
            ? t('prejoin.waiting.body')
            : t(`prejoin.waiting.${waiting.kind === 'refused' ? 'refused' : 'over'}`)}
      </p>
      {waiting.kind === 'waiting' && waiting.isOffline ? (
        <Notice tone="warm">{t('prejoin.waiting.offline')}</Notice>
      ) : null}
      <div className={styles['join']}>
        <Button size="large" wide onClick={admission.cancel}>
          {isWaiting ? t('prejoin.waiting.cancel') : t('prejoin.waiting.back')}
        </Button>
      </div>
    </section>
  )
}
