import { ChartNoAxesColumn, KeyRound, Plus } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { PASTED_LINK_MAX_LENGTH } from '../../../shared/links/webInvitation.ts'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import { useApp, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { createLazyPart } from '../../ui/createLazyPart.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { CheckInCard } from './CheckInCard.tsx'
import { ListChoices } from './ListChoices.tsx'
import styles from './LobbyScreen.module.css'
import { RecentRooms } from './RecentRooms.tsx'
import { RoomList } from './RoomList.tsx'
import { TagFilter } from './TagFilter.tsx'
import { YourRooms } from './YourRooms.tsx'

const newRoomDialog = createLazyPart(async () => (await import('./NewRoomDialog.tsx')).NewRoomDialog)
const codeDialog = createLazyPart(async () => (await import('./CodeDialog.tsx')).CodeDialog)
const weekDialog = createLazyPart(async () => (await import('./WeekDialog.tsx')).WeekDialog)

export interface LobbyScreenProps {
  /** The list stands and can be used. */
  readonly onShown: () => void
}

/** The rooms that are open, and the way into them. */
export function LobbyScreen({ onShown }: LobbyScreenProps) {
  const { t } = useTranslation()
  const { navigation, prefetchRoom } = useApp()
  const { lobby } = useSession()
  const snapshot = useStore(lobby.store)
  const [isCreating, setCreating] = useState(false)
  const [showsWeek, setShowsWeek] = useState(false)
  const [hasCode, setHasCode] = useState(false)

  useEffect(() => lobby.open(), [lobby])
  const isRead = snapshot.reading.kind !== 'loading'
  useEffect(() => {
    if (!isRead) return undefined
    onShown()
    const idle = requestIdleCallback(() => {
      prefetchRoom()
      newRoomDialog.prefetch()
    })
    return () => cancelIdleCallback(idle)
  }, [isRead, onShown, prefetchRoom])

  const join = useCallback(
    (room: RoomSummary) =>
      navigation.go({
        kind: 'prejoin',
        target: {
          roomId: room.id,
          name: room.name,
          // The private rooms that a person sees listed are their own, which need none.
          hasPassword: room.hasPassword && room.privacy === 'public',
          isOpenToAll: room.privacy === 'public',
        },
      }),
    [navigation],
  )
  const openNewRoom = useCallback(() => setCreating(true), [])
  return (
    <div className={styles['screen']}>
      <header className={styles['bar']}>
        <span className={styles['brand']}>{t('app.name')}</span>
        <SearchField
          label={t('lobby.search')}
          value={snapshot.query.text}
          maxLength={PASTED_LINK_MAX_LENGTH}
          onChange={lobby.search}
        />
        <AccountMenu />
      </header>
      <main className={styles['scroll']}>
        <div className={styles['column']}>
          <YourRooms />
          <RecentRooms onJoin={join} />
          <div className={styles['headline']}>
            <h1 className={styles['title']}>{t('lobby.title')}</h1>
            <div className={styles['actions']}>
              <Button
                variant="quiet"
                icon={<ChartNoAxesColumn size={18} aria-hidden />}
                onClick={() => setShowsWeek(true)}
              >
                {t('lobby.week.open')}
              </Button>
              <Button
                variant="quiet"
                icon={<KeyRound size={18} aria-hidden />}
                onClick={() => setHasCode(true)}
              >
                {t('lobby.code.enter')}
              </Button>
              <Button variant="primary" icon={<Plus size={18} aria-hidden />} onClick={openNewRoom}>
                {t('lobby.newRoom')}
              </Button>
            </div>
          </div>
          <CheckInCard />
          <div className={styles['choices']}>
            <TagFilter />
            <ListChoices />
          </div>
          {snapshot.feed === 'reconnecting' ? (
            <div className={styles['notice']}>
              <Notice tone="warm">{t('lobby.reconnecting')}</Notice>
            </div>
          ) : null}
          <RoomList onJoin={join} onOpenRoom={openNewRoom} />
        </div>
      </main>
      {hasCode ? <codeDialog.Part fallback={null} with={{ onClose: () => setHasCode(false) }} /> : null}
      {showsWeek ? <weekDialog.Part fallback={null} with={{ onClose: () => setShowsWeek(false) }} /> : null}
      {isCreating ? (
        <newRoomDialog.Part
          fallback={null}
          with={{
            onClose: () => setCreating(false),
            onCreated(target) {
              setCreating(false)
              if (target !== null) navigation.go({ kind: 'prejoin', target })
            },
          }}
        />
      ) : null}
    </div>
  )
}
