import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSession } from '../../stores/services.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './ListChoices.module.css'

const orders = ['lively', 'newest', 'name'] as const
const phases = ['any', 'focus', 'break'] as const
const kinds = ['all', 'public', 'private'] as const

/** Which rooms are shown, and in which order. */
export function ListChoices() {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const { order, privacy, hasRoom, phase } = useStore(lobby.store, ({ query }) => query)
  return (
    <div className={styles['choices']}>
      <Switch
        label={t('lobby.hasRoom')}
        checked={hasRoom}
        onChange={(isOn) => lobby.choose({ hasRoom: isOn })}
      />
      <Select
        inline
        label={t('lobby.inPhase.label')}
        value={phase ?? 'any'}
        options={phases.map((value) => ({ value, label: t(`lobby.inPhase.${value}`) }))}
        onChange={(value) => {
          const chosen = phases.find((candidate) => candidate === value) ?? 'any'
          lobby.filterByPhase(chosen === 'any' ? null : chosen)
        }}
      />
      <Select
        inline
        label={t('lobby.shown.label')}
        value={privacy ?? 'all'}
        options={kinds.map((value) => ({ value, label: t(`lobby.shown.${value}`) }))}
        onChange={(value) => {
          const kind = kinds.find((candidate) => candidate === value) ?? 'all'
          lobby.choose({ privacy: kind === 'all' ? null : kind })
        }}
      />
      <Select
        inline
        label={t('lobby.sort.label')}
        value={order}
        options={orders.map((value) => ({ value, label: t(`lobby.sort.${value}`) }))}
        onChange={(value) => {
          const chosen = orders.find((candidate) => candidate === value)
          if (chosen !== undefined) lobby.choose({ order: chosen })
        }}
      />
    </div>
  )
}
