import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { CallSnapshot, MediaServerState } from '../../core/call/callSnapshot.ts'
import { useApp } from '../../stores/services.ts'
import { createLazyPart } from '../../ui/createLazyPart.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { CallBar } from './CallBar.tsx'
import { ChatAnnouncer } from './ChatAnnouncer.tsx'
import { ChatPanel } from './ChatPanel.tsx'
import { ConnectionNotices } from './ConnectionNotices.tsx'
import { CopyRoomCode } from './CopyRoomCode.tsx'
import { GestureAnnouncer } from './GestureAnnouncer.tsx'
import { InviteToRoom } from './InviteToRoom.tsx'
import styles from './LiveRoom.module.css'
import { PeoplePanel } from './PeoplePanel.tsx'
import { RoomSettingsButton } from './RoomSettingsButton.tsx'
import { RecordingDialogs } from './RecordingDialogs.tsx'
import { RecordingStrip } from './RecordingStrip.tsx'
import { RoomAnnouncer } from './RoomAnnouncer.tsx'
import { RoomTimer } from './RoomTimer.tsx'
import { RoomTiles } from './RoomTiles.tsx'
import { ShutOutDialog } from './ShutOutDialog.tsx'
import { SharingStrip } from './SharingStrip.tsx'

/** Its code is fetched when somebody opens it. */
const statisticsPart = createLazyPart(async () => (await import('./StatisticsPanel.tsx')).StatisticsPanel)

/** The room: its name, the people, and one bar of controls. */
export function LiveRoom({ snapshot }: { readonly snapshot: Extract<CallSnapshot, { kind: 'live' }> }) {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { room } = snapshot
  const [panel, setPanel] = useState<'none' | 'statistics' | 'chat' | 'people'>('none')
  const [recordingDialog, setRecordingDialog] = useState<'none' | 'ask' | 'answer'>('none')
  const count = snapshot.others.length + 1
  const isOwn = room.creatorId === snapshot.self.userId
  const mayControlTimer = room.settings.allowTimerControl || isOwn
  const hasLargeTimer = useStore(settings.store, (state) => state.settings?.roomView === 'focus')
  const isByCode = room.privacy === 'private' && room.hasPassword
  return (
    <main className={styles['room']}>
      <header className={styles['header']}>
        <div
          className={styles['lead']}
          data-full={(isOwn && room.privacy === 'private') || isByCode || undefined}
        >
          <h1 className={styles['name']} title={room.name} dir="auto">
            {room.name}
          </h1>
          <span className={styles['count']}>{t('room.count', { count })}</span>
          {isOwn ? <RoomSettingsButton room={room} others={snapshot.others} /> : null}
          {isByCode ? <CopyRoomCode roomId={room.id} /> : null}
          {isOwn ? <InviteToRoom room={room} /> : null}
        </div>
        {hasLargeTimer ? null : <RoomTimer mayControl={mayControlTimer} />}
      </header>
      <ConnectionNotices signaling={snapshot.signaling} others={snapshot.others} />
      <MediaServerNotice state={snapshot.mediaServer} />
      <RecordingStrip onAnswer={() => setRecordingDialog('answer')} />
      <SharingStrip />
      <div className={styles['body']}>
        <RoomTiles
          others={snapshot.others}
          self={snapshot.self}
          mayModerate={isOwn}
          mayControlTimer={mayControlTimer}
        />
        {panel === 'people' ? (
          <PeoplePanel
            room={room}
            self={snapshot.self}
            others={snapshot.others}
            onClose={() => setPanel('none')}
          />
        ) : null}
        {panel === 'chat' ? (
          <ChatPanel
            selfId={snapshot.self.userId}
            mayRemoveAll={isOwn}
            isAllowed={room.settings.allowChat}
            onClose={() => setPanel('none')}
          />
        ) : null}
        {panel === 'statistics' ? (
          <statisticsPart.Part
            with={{ people: snapshot.others, onClose: () => setPanel('none') }}
            fallback={null}
          />
        ) : null}
      </div>
      {snapshot.others.length === 0 ? (
        <p className={styles['alone']}>
          {room.privacy === 'public'
            ? t('room.alone')
            : isByCode
              ? t('room.alonePrivate')
              : t('room.aloneLocked')}
        </p>
      ) : null}
      <footer className={styles['footer']}>
        <CallBar
          allowsVideo={room.settings.allowVideo}
          allowsScreens={room.settings.allowScreenshare}
          allowsRecording={room.settings.allowRecording !== false}
          isMutedByCreator={snapshot.isMutedByCreator}
          onOpenStatistics={() => setPanel('statistics')}
          onToggleChat={() => setPanel(panel === 'chat' ? 'none' : 'chat')}
          isChatOpen={panel === 'chat'}
          onTogglePeople={() => setPanel(panel === 'people' ? 'none' : 'people')}
          isPeopleOpen={panel === 'people'}
          onRecord={() => setRecordingDialog('ask')}
        />
      </footer>
      <ShutOutDialog />
      <RecordingDialogs
        isAsking={recordingDialog === 'ask'}
        onAskingClosed={() => setRecordingDialog('none')}
        isAnswering={recordingDialog === 'answer'}
        onAnsweringClosed={() => setRecordingDialog('none')}
      />
      <ChatAnnouncer />
      <GestureAnnouncer self={snapshot.self} others={snapshot.others} />
      <RoomAnnouncer others={snapshot.others} signaling={snapshot.signaling} />
    </main>
  )
}

/** Only where something is wrong: how media travels is nobody's business. */
function MediaServerNotice({ state }: { readonly state: MediaServerState }) {
  const { t } = useTranslation()
  if (state === 'notNeeded' || state === 'connecting' || state === 'connected') return null
  return (
    <div className={styles['notice']}>
      <Notice tone="warm">{t(`room.mediaServer.${state}`)}</Notice>
    </div>
  )
}
