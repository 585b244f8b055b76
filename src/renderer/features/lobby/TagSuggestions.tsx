import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { splitTags } from '../../core/rooms/splitTags.ts'
import { useSession } from '../../stores/services.ts'
import { TagToggle } from '../../ui/Tag.tsx'
import { toggleTag } from './parseNewRoom.ts'
import styles from './TagSuggestions.module.css'

const TAGS_SUGGESTED = 6

interface TagSuggestionsProps {
  /** What stands in the field. */
  readonly tags: string
  readonly onChange: (tags: string) => void
}

/** The tags that most rooms carry, to be put into the field by a press. Nothing at all before any is known. */
export function TagSuggestions({ tags, onChange }: TagSuggestionsProps) {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const common = useStore(lobby.store, (state) => state.tags).slice(0, TAGS_SUGGESTED)
  if (common.length === 0) return null
  const chosen = splitTags(tags)
  return (
    <fieldset aria-label={t('newRoom.tagSuggestions')} className={styles['suggestions']}>
      {common.map(({ tag }) => (
        <TagToggle key={tag} pressed={chosen.includes(tag)} onPress={() => onChange(toggleTag(tags, tag))}>
          {tag}
        </TagToggle>
      ))}
    </fieldset>
  )
}
