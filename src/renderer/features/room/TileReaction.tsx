import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'
import { classNames } from '../../ui/classNames.ts'
import styles from './Gestures.module.css'
import { reactionIcons } from './reactionIcons.ts'
import { useIsQuiet } from './useIsQuiet.ts'

/** What somebody shows without a word, for some seconds. */
export function TileReaction({ connectionId }: { readonly connectionId: string }) {
  const { t } = useTranslation()
  const { gestures } = useRoom()
  const isQuiet = useIsQuiet()
  const shown = useStore(gestures.store, (state) => state.shown[connectionId])
  if (shown === undefined) return null
  const Icon = reactionIcons[shown.reaction]
  return (
    <span
      // Another one of the same kind is seen to be another one.
      key={shown.number}
      className={classNames(styles['reaction'], isQuiet && styles['still'])}
      data-testid="reaction"
      data-reaction={shown.reaction}
      title={t(`room.gestures.names.${shown.reaction}`)}
    >
      <Icon size={isQuiet ? 16 : 24} aria-hidden />
    </span>
  )
}
