import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import type { TileRect } from '../../core/layout/planGrid.ts'
import { unknownQuality } from '../../core/quality/selectLinkQuality.ts'
import { useRoom } from '../../stores/services.ts'
import { PersonMenu } from './PersonMenu.tsx'
import type { PersonQuestion } from './PersonQuestions.tsx'
import { PinButton } from './PinButton.tsx'
import { Tile } from './Tile.tsx'
import { TileReaction } from './TileReaction.tsx'
import { useIsQuiet } from './useIsQuiet.ts'
import { useIsSeen } from './useSeenPeople.ts'
import { usePersonNotes } from './usePersonNotes.ts'
import { useShownTile } from './useShownTile.ts'

export interface PersonTileProps {
  readonly person: PersonSnapshot
  readonly rect: TileRect
  /** The large one of a speaker view. */
  readonly isMain: boolean
  /** It is large because it was chosen. */
  readonly isPinned: boolean
  /** We opened the room. */
  readonly mayModerate: boolean
  /** A question about this person is to be asked. */
  readonly onAsk: (question: PersonQuestion) => void
  /** Puts this person in the large place; null: whoever speaks. */
  readonly onPin: (connectionId: string | null) => void
}

/** Somebody else. */
export const PersonTile = memo(
  function PersonTile({ person, rect, isMain, isPinned, mayModerate, onAsk, onPin }: PersonTileProps) {
    const { t } = useTranslation()
    const { sink, speaker, statistics, quality: decided } = useRoom()
    const receivesVideo = useStore(
      decided.store,
      (snapshot) => snapshot.receivesVideo && snapshot.choice !== 'audioOnly',
    )
    const tile = useRef<HTMLDivElement>(null)
    const video = useRef<HTMLVideoElement>(null)
    const { connectionId } = person
    const speaks = useStore(speaker.store, (now) => now.isSpeaking && now.connectionId === connectionId)
    const isQuiet = useIsQuiet()
    const quality = useStore(statistics.store, ({ links }) => links[connectionId] ?? unknownQuality)
    useEffect(
      () =>
        video.current
          ? sink.attachVideo(video.current, { kind: 'remote', connectionId, picture: 'camera' })
          : undefined,
      [sink, connectionId],
    )
    const notes = usePersonNotes(person.userId)
    const isSeen = useIsSeen(person.userId)
    useShownTile(connectionId, tile, { ...rect, isMain })
    // The last picture stays while a link is mended: a person who stands still is calmer than one who vanishes.
    const hasPicture = person.link === 'connected' || person.link === 'reconnecting'
    return (
      <Tile
        rect={rect}
        userId={person.userId}
        displayName={person.displayName}
        avatar={person.avatar}
        label={person.displayName}
        path={person.path}
        quality={person.link === 'connected' ? quality : unknownQuality}
        isMuted={person.mediaState.isMuted}
        isSpeaking={speaks && !isQuiet}
        isSharing={person.mediaState.isScreensharing}
        isVideoShown={hasPicture && isSeen && receivesVideo && !person.mediaState.isVideoOff}
        isMirrored={false}
        action={
          <>
            {isMain && !isPinned ? null : (
              <PinButton
                name={person.displayName}
                isPinned={isPinned}
                onToggle={() => onPin(isPinned ? null : connectionId)}
              />
            )}
            <PersonMenu person={person} mayModerate={mayModerate} onAsk={onAsk} />
          </>
        }
        isHandUp={person.handRaisedAt !== null}
        reaction={<TileReaction connectionId={connectionId} />}
        ref={tile}
        goal={person.goal}
        notes={notes}
        videoRef={video}
        link={person.link === 'connected' ? undefined : t(`room.link.${person.link}`)}
      />
    )
  },
  (before, after) =>
    before.person === after.person &&
    before.isMain === after.isMain &&
    before.isPinned === after.isPinned &&
    before.mayModerate === after.mayModerate &&
    before.onAsk === after.onAsk &&
    before.onPin === after.onPin &&
    before.rect.x === after.rect.x &&
    before.rect.y === after.rect.y &&
    before.rect.width === after.rect.width &&
    before.rect.height === after.rect.height,
)
