import { ScreenShare } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import type { TileRect } from '../../core/layout/planGrid.ts'
import { useRoom } from '../../stores/services.ts'
import { classNames } from '../../ui/classNames.ts'
import styles from './RoomTiles.module.css'

export interface ScreenTileProps {
  readonly person: PersonSnapshot
  readonly rect: TileRect
}

/** A screen that somebody shares: whole, whatever its shape. */
export function ScreenTile({ person, rect }: ScreenTileProps) {
  const { t } = useTranslation()
  const { sink } = useRoom()
  const video = useRef<HTMLVideoElement>(null)
  const [hasPicture, setHasPicture] = useState(false)
  const { connectionId } = person
  useEffect(
    () =>
      video.current
        ? sink.attachVideo(video.current, { kind: 'remote', connectionId, picture: 'screen' })
        : undefined,
    [sink, connectionId],
  )
  const label = t('room.screenOf', { name: person.displayName })
  return (
    <div
      role="group"
      aria-label={label}
      className={styles['tile']}
      data-testid="screen"
      data-user-id={person.userId}
      data-path={person.path}
      style={{
        width: rect.width,
        height: rect.height,
        transform: `translate(calc(var(--inline-sign) * ${rect.x}px), ${rect.y}px)`,
      }}
    >
      {hasPicture ? null : (
        <p className={styles['waiting']}>{t('room.share.tileWaiting', { name: person.displayName })}</p>
      )}
      <video
        ref={video}
        className={classNames(styles['video'], styles['whole'])}
        muted
        tabIndex={-1}
        onLoadedData={() => setHasPicture(true)}
      />
      <div className={styles['caption']}>
        <span className={styles['label']}>
          <ScreenShare size={14} aria-hidden />
          <span className={styles['name']}>{label}</span>
        </span>
      </div>
    </div>
  )
}
