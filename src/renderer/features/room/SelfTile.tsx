import { HeadphoneOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { TileRect } from '../../core/layout/planGrid.ts'
import { useOwnAvatar } from '../../components/useOwnAvatar.ts'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { useRoom } from '../../stores/services.ts'
import { Tile } from './Tile.tsx'
import { TileReaction } from './TileReaction.tsx'
import { useOwnHand } from './useOwnHand.ts'

export interface SelfTileProps {
  readonly self: Extract<CallSnapshot, { kind: 'live' }>['self']
  readonly rect: TileRect
}

/** Oneself, as in a mirror. */
export function SelfTile({ self, rect }: SelfTileProps) {
  const { t } = useTranslation()
  const { localMedia, personChoices, screenShare, sink, statistics } = useRoom()
  const isDeafened = useStore(personChoices.store, (state) => state.isDeafened)
  const isSharing = useStore(screenShare.store, ({ share }) => share.kind === 'on')
  const isCameraOn = useStore(localMedia.store, (media) => media.camera.kind === 'on')
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  const quality = useStore(statistics.store, ({ own }) => own)
  const isHandUp = useOwnHand()
  const avatar = useOwnAvatar()
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => (video.current ? sink.attachVideo(video.current, { kind: 'local' }) : undefined), [sink])
  return (
    <Tile
      rect={rect}
      userId={self.userId}
      displayName={self.displayName}
      avatar={avatar}
      label={t('room.self', { name: self.displayName })}
      path="local"
      quality={quality}
      isMuted={!isHeard}
      isSharing={isSharing}
      isVideoShown={isCameraOn}
      isMirrored
      isHandUp={isHandUp}
      reaction={<TileReaction connectionId={self.connectionId} />}
      notes={
        isDeafened ? [{ text: t('room.deafen.state'), title: t('room.deafen.hint'), icon: HeadphoneOff }] : []
      }
      videoRef={video}
    />
  )
}
