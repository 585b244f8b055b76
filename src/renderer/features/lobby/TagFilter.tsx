import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { selectOfferedTags } from '../../core/lobby/lobbyList.ts'
import { useSession } from '../../stores/services.ts'
import { TagToggle } from '../../ui/Tag.tsx'
import styles from './TagFilter.module.css'

const TAGS_SHOWN = 8

/** The common tags and those of the rooms in sight, to filter by. Nothing at all while no room has one. */
export function TagFilter() {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const { list, query, commonTags } = useStore(lobby.store)
  const tags = useMemo(() => {
    const found = selectOfferedTags(list.rooms, commonTags, TAGS_SHOWN)
    return query.tag === null || found.includes(query.tag) ? found : [query.tag, ...found]
  }, [list.rooms, commonTags, query.tag])
  if (tags.length === 0) return null
  return (
    <fieldset aria-label={t('lobby.tags')} className={styles['tags']}>
      <TagToggle pressed={query.tag === null} onPress={() => lobby.filterByTag(null)}>
        {t('lobby.allTags')}
      </TagToggle>
      {tags.map((tag) => (
        <TagToggle
          key={tag}
          pressed={query.tag === tag}
          onPress={() => lobby.filterByTag(query.tag === tag ? null : tag)}
        >
          {tag}
        </TagToggle>
      ))}
    </fieldset>
  )
}
