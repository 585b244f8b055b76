import { LockOpen, Lock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Room } from '../../../shared/domain/room.ts'
import { PersonAvatar } from '../../components/PersonAvatar.tsx'
import { useOwnAvatar } from '../../components/useOwnAvatar.ts'
import type { CallSnapshot, PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import styles from './PeoplePanel.module.css'
import { PersonMenu } from './PersonMenu.tsx'
import { usePersonNotes } from './usePersonNotes.ts'
import { type PersonQuestion, PersonQuestions } from './PersonQuestions.tsx'
import { RaisedHands } from './RaisedHands.tsx'

export interface PeoplePanelProps {
  readonly room: Room
  readonly self: Extract<CallSnapshot, { kind: 'live' }>['self']
  readonly others: readonly PersonSnapshot[]
  readonly onClose: () => void
}

/** Who is here, and what can be done so that it stays pleasant. */
export function PeoplePanel({ room, self, others, onClose }: PeoplePanelProps) {
  const { t } = useTranslation()
  const { people } = useRoom()
  const { failure, done } = useStore(people.store)
  const [question, setQuestion] = useState<PersonQuestion | null>(null)
  const isCreator = room.creatorId === self.userId
  const ownAvatar = useOwnAvatar()
  return (
    <SidePanel title={t('room.peoplePanel.title')} closeLabel={t('room.peoplePanel.close')} onClose={onClose}>
      <div className={styles['panel']}>
        {room.isLocked ? <Notice tone="info">{t('room.peoplePanel.locked')}</Notice> : null}
        {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
        {done === null ? null : (
          <Notice tone="info">{t(`room.peoplePanel.done.${done.kind}`, { name: done.name })}</Notice>
        )}
        <RaisedHands self={self} others={others} mayLower={isCreator} />
        <ul className={styles['list']} aria-label={t('room.people')}>
          <li className={styles['person']}>
            <PersonAvatar name={self.displayName} avatar={ownAvatar} size={32} />
            <span className={styles['words']}>
              <span className={styles['name']}>{t('room.self', { name: self.displayName })}</span>
              {isCreator ? <span className={styles['note']}>{t('room.peoplePanel.creator')}</span> : null}
            </span>
          </li>
          {others.map((person) => (
            <li key={person.connectionId} className={styles['person']}>
              <PersonAvatar name={person.displayName} avatar={person.avatar} size={32} />
              <span className={styles['words']}>
                <bdi className={styles['name']}>{person.displayName}</bdi>
                <PersonNote person={person} isCreator={room.creatorId === person.userId} />
              </span>
              <PersonMenu person={person} mayModerate={isCreator} onAsk={setQuestion} />
            </li>
          ))}
        </ul>
        {isCreator ? <LockButton isLocked={room.isLocked} /> : null}
      </div>
      <PersonQuestions question={question} onClose={() => setQuestion(null)} />
    </SidePanel>
  )
}

function PersonNote({ person, isCreator }: { readonly person: PersonSnapshot; readonly isCreator: boolean }) {
  const { t } = useTranslation()
  const forYou = usePersonNotes(person.userId)
  const notes = [
    ...(person.goal === null ? [] : [`“${person.goal}”`]),
    ...(isCreator ? [t('room.peoplePanel.creator')] : []),
    ...(person.mediaState.isMuted ? [t('room.muted')] : []),
    ...(person.link === 'connected' ? [] : [t(`room.link.${person.link}`)]),
    ...forYou.map(({ text }) => text),
  ]
  return notes.length === 0 ? null : <span className={styles['note']}>{notes.join(' · ')}</span>
}

function LockButton({ isLocked }: { readonly isLocked: boolean }) {
  const { t } = useTranslation()
  const { people } = useRoom()
  const isBusy = useStore(people.store, (snapshot) => snapshot.isBusy)
  const Icon = isLocked ? LockOpen : Lock
  return (
    <div className={styles['lock']}>
      <Button
        variant="quiet"
        busy={isBusy}
        icon={<Icon size={16} aria-hidden />}
        onClick={() => void people.setLocked(!isLocked)}
      >
        {t(isLocked ? 'room.peoplePanel.unlock' : 'room.peoplePanel.lock')}
      </Button>
      {isLocked ? null : <p className={styles['note']}>{t('room.peoplePanel.lockHint')}</p>}
    </div>
  )
}
