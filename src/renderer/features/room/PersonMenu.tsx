import { Ban, EllipsisVertical, Flag, KeyRound, MicOff, UserX, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { fromPopover, Popover } from '../../ui/Popover.tsx'
import type { PersonAction } from './ConfirmPersonDialog.tsx'
import styles from './PeoplePanel.module.css'
import { PersonForMe } from './PersonForMe.tsx'
import type { PersonQuestion } from './PersonQuestions.tsx'

export interface PersonMenuProps {
  readonly person: PersonSnapshot
  readonly mayModerate: boolean
  readonly onAsk: (question: PersonQuestion) => void
}

const look = { size: 16, 'aria-hidden': true } as const

/** What can be done about somebody, for oneself first. What cannot be taken back is asked about. */
export function PersonMenu({ person, mayModerate, onAsk }: PersonMenuProps) {
  const { t } = useTranslation()
  const { people } = useRoom()
  const isBlocked = useStore(people.store, ({ blockedIds }) => blockedIds.includes(person.userId))
  const item = (icon: ReactNode, label: string, act: () => void) => (
    <Button variant="quiet" wide icon={icon} onClick={fromPopover(act)}>
      {label}
    </Button>
  )
  const confirm = (action: PersonAction) => () => onAsk({ kind: 'confirm', action, person })
  return (
    <Popover
      label={t('room.peoplePanel.menu', { name: person.displayName })}
      placement="below-end"
      button={{
        variant: 'quiet',
        iconOnly: true,
        'aria-label': t('room.peoplePanel.menu', { name: person.displayName }),
        icon: <EllipsisVertical size={18} aria-hidden />,
      }}
    >
      <div className={styles['menu']}>
        <PersonForMe person={person} />
        {isBlocked ? null : item(<UserX {...look} />, t('room.peoplePanel.block'), confirm('block'))}
        {item(<Flag {...look} />, t('room.peoplePanel.report'), () => onAsk({ kind: 'report', person }))}
        {mayModerate ? (
          <>
            <hr className={styles['rule']} />
            {person.mediaState.isMuted
              ? null
              : item(<MicOff {...look} />, t('room.peoplePanel.mute'), () => void people.mute(person))}
            {item(<KeyRound {...look} />, t('room.peoplePanel.transfer'), confirm('transfer'))}
            {item(<X {...look} />, t('room.peoplePanel.remove'), confirm('remove'))}
            {item(<Ban {...look} />, t('room.peoplePanel.ban'), confirm('ban'))}
          </>
        ) : null}
      </div>
    </Popover>
  )
}
