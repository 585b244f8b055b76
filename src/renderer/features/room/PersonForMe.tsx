import { Eye, EyeOff, UserCheck, Volume2, VolumeX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PersonInRoom } from '../../controllers/contracts.ts'
import { ordinaryChoice } from '../../core/people/perception.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { fromPopover } from '../../ui/Popover.tsx'
import { Slider } from '../../ui/Slider.tsx'
import styles from './PeoplePanel.module.css'

const look = { size: 16, 'aria-hidden': true } as const

/** What one does about somebody for oneself alone: how loud they are, whether they are heard and seen. */
export function PersonForMe({ person }: { readonly person: PersonInRoom }) {
  const { t } = useTranslation()
  const { people, personChoices } = useRoom()
  const { userId, displayName } = person
  const isBlocked = useStore(people.store, ({ blockedIds }) => blockedIds.includes(userId))
  const { volumePercent, isSilenced, isHidden } = useStore(
    personChoices.store,
    ({ choices }) => choices[userId] ?? ordinaryChoice,
  )
  if (isBlocked) {
    return (
      <Button
        variant="quiet"
        wide
        icon={<UserCheck {...look} />}
        onClick={fromPopover(() => void people.unblock(person))}
      >
        {t('room.peoplePanel.unblock')}
      </Button>
    )
  }
  return (
    <>
      <div className={styles['slider']}>
        <Slider
          label={t('room.peoplePanel.volume', { name: displayName })}
          value={isSilenced ? 0 : volumePercent}
          min={0}
          max={100}
          step={5}
          valueText={t('statistics.percent', { value: isSilenced ? 0 : volumePercent })}
          onChange={(percent) => personChoices.choose(userId, { volumePercent: percent, isSilenced: false })}
        />
      </div>
      <Button
        variant="quiet"
        wide
        icon={isSilenced ? <Volume2 {...look} /> : <VolumeX {...look} />}
        onClick={() => personChoices.choose(userId, { isSilenced: !isSilenced })}
      >
        {t(isSilenced ? 'room.peoplePanel.unsilence' : 'room.peoplePanel.silence')}
      </Button>
      <Button
        variant="quiet"
        wide
        icon={isHidden ? <Eye {...look} /> : <EyeOff {...look} />}
        onClick={() => personChoices.choose(userId, { isHidden: !isHidden })}
      >
        {t(isHidden ? 'room.peoplePanel.unhide' : 'room.peoplePanel.hide')}
      </Button>
    </>
  )
}
