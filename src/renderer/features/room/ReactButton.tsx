import { Hand, Smile } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { reactions } from '../../../shared/domain/reaction.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { fromPopover, Popover } from '../../ui/Popover.tsx'
import styles from './Gestures.module.css'
import { reactionIcons } from './reactionIcons.ts'
import { useIsQuiet } from './useIsQuiet.ts'
import { useOwnHand } from './useOwnHand.ts'

/** The hand and the reactions. The menu stays open while one reacts, and closes with the hand. */
export function ReactButton() {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { gestures } = useRoom()
  const isQuiet = useIsQuiet()
  const hasKeys = useStore(settings.store, (state) => state.settings?.shortcuts.singleKeys !== false)
  const menuRequests = useStore(gestures.store, (state) => state.menuRequests)
  const isUp = useOwnHand()
  return (
    <Popover
      label={t('room.gestures.label')}
      placement="above-center"
      openRequests={menuRequests}
      button={{
        variant: 'quiet',
        size: 'large',
        icon: <Smile size={18} aria-hidden />,
        'aria-keyshortcuts': hasKeys ? 'R' : undefined,
        children: t('room.gestures.open'),
      }}
    >
      <div className={styles['menu']}>
        <Button
          wide
          aria-keyshortcuts={hasKeys ? 'H' : undefined}
          icon={<Hand size={18} aria-hidden />}
          onClick={fromPopover(() => void gestures.toggleHand())}
        >
          {isUp ? t('room.gestures.lower') : t('room.gestures.raise')}
        </Button>
        <div className={styles['row']} role="group" aria-label={t('room.gestures.reactions')}>
          {reactions.map((reaction) => {
            const Icon = reactionIcons[reaction]
            return (
              <Button
                key={reaction}
                variant="quiet"
                iconOnly
                aria-label={t(`room.gestures.names.${reaction}`)}
                title={t(`room.gestures.names.${reaction}`)}
                icon={<Icon size={20} aria-hidden />}
                onClick={() => gestures.react(reaction)}
              />
            )
          })}
        </div>
        {isQuiet ? <p className={styles['hint']}>{t('room.gestures.quietHint')}</p> : null}
      </div>
    </Popover>
  )
}
