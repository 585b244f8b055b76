import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { selectTagCounts } from '../../core/lobby/countTags.ts'
import { useSession } from '../../stores/services.ts'
import { TagToggle } from '../../ui/Tag.tsx'
import styles from './TagFilter.module.css'

const TAGS_SHOWN = 8

/** The common tags and those of the rooms in sight, to filter by. Nothing at all while no room has one. */
export function TagFilter() {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const { list, query, tags: common } = useStore(lobby.store)
  const tags = useMemo(() => {
    const found = selectTagCounts(common, list.rooms, TAGS_SHOWN)
    return query.tag === null || found.some(({ tag }) => tag === query.tag)
      ? found
      : [{ tag: query.tag, roomCount: 0 }, ...found]
  }, [common, list.rooms, query.tag])
  if (tags.length === 0) return null
  return (
    <fieldset aria-label={t('lobby.tags')} className={styles['tags']}>
      <TagToggle pressed={query.tag === null} onPress={() => lobby.filterByTag(null)}>
        {t('lobby.allTags')}
      </TagToggle>
      {tags.map(({ tag, roomCount }) => (
        <TagToggle
          key={tag}
          pressed={query.tag === tag}
          label={t('lobby.tagRooms', { tag, count: roomCount })}
          onPress={() => lobby.filterByTag(query.tag === tag ? null : tag)}
        >
          {roomCount === 0 ? tag : `${tag} ${roomCount}`}
        </TagToggle>
      ))}
    </fieldset>
  )
}
