import { EyeOff, UserX, Volume1, VolumeX, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ordinaryChoice } from '../../core/people/perception.ts'
import { useRoom } from '../../stores/services.ts'

/** Something about somebody that holds for oneself alone. */
export interface PersonNote {
  readonly text: string
  /** In a sentence of its own. */
  readonly title: string
  readonly icon: LucideIcon
}

/** What one has chosen about somebody, so that nobody wonders where their picture or voice is. */
export function usePersonNotes(userId: string): readonly PersonNote[] {
  const { t } = useTranslation()
  const { people, personChoices } = useRoom()
  const isBlocked = useStore(people.store, ({ blockedIds }) => blockedIds.includes(userId))
  const choice = useStore(personChoices.store, ({ choices }) => choices[userId] ?? ordinaryChoice)
  const note = (text: string, icon: LucideIcon, title = text): PersonNote => ({ text, title, icon })
  if (isBlocked) return [note(t('room.forYou.blocked'), UserX)]
  const { isHidden, isSilenced, volumePercent: percent } = choice
  return [
    ...(isHidden ? [note(t('room.forYou.hidden'), EyeOff)] : []),
    ...(isSilenced
      ? [note(t('room.forYou.silenced'), VolumeX)]
      : percent < 100
        ? [
            note(
              t('statistics.percent', { value: percent }),
              Volume1,
              t('room.forYou.volumeLabel', { percent }),
            ),
          ]
        : []),
  ]
}
