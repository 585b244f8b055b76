import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSession } from '../../stores/services.ts'
import { Select } from '../../ui/Select.tsx'
import { TagToggle } from '../../ui/Tag.tsx'
import styles from './ListChoices.module.css'

const orders = ['lively', 'newest', 'name'] as const
const kinds = ['all', 'public', 'private'] as const

/** Which rooms are shown, and in which order. */
export function ListChoices() {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const { order, privacy, hasRoom } = useStore(lobby.store, ({ query }) => query)
  return (
    <div className={styles['choices']}>
      <TagToggle pressed={hasRoom} onPress={() => lobby.choose({ hasRoom: !hasRoom })}>
        {t('lobby.hasRoom')}
      </TagToggle>
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
