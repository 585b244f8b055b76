import { AppWindow, Monitor } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShareSource } from '../../../shared/ipc/screenShare.ts'
import styles from './ShareDialog.module.css'

export interface SourceListProps {
  readonly label: string
  /** What is said where there is none. */
  readonly empty: string
  readonly sources: readonly ShareSource[]
  readonly chosenId: string | null
  readonly onChoose: (sourceId: string) => void
}

/** Screens or windows by picture and name: one of them, by mouse or arrow keys. */
export function SourceList({ label, empty, sources, chosenId, onChoose }: SourceListProps) {
  const { t } = useTranslation()
  const name = useId()
  if (sources.length === 0) return <p className={styles['quiet']}>{empty}</p>
  return (
    <fieldset className={styles['sources']} aria-label={label}>
      {sources.map((source) => {
        const Icon = source.kind === 'screen' ? Monitor : AppWindow
        return (
          <label key={source.id} className={styles['source']}>
            <input
              type="radio"
              name={name}
              className={styles['input']}
              checked={source.id === chosenId}
              onChange={() => onChoose(source.id)}
            />
            {source.thumbnail === '' ? (
              <span className={styles['noPicture']}>{t('room.share.noPicture')}</span>
            ) : (
              <img className={styles['picture']} src={source.thumbnail} alt="" />
            )}
            <span className={styles['name']}>
              {source.appIcon === '' ? (
                <Icon size={16} aria-hidden className={styles['icon']} />
              ) : (
                <img className={styles['icon']} src={source.appIcon} alt="" width={16} height={16} />
              )}
              <span className={styles['nameText']}>{source.name}</span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
