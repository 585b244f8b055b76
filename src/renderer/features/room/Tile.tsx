import { MicOff } from 'lucide-react'
import { type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { LinkQuality } from '../../core/call/callSnapshot.ts'
import type { TileRect } from '../../core/layout/planGrid.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { classNames } from '../../ui/classNames.ts'
import { SignalBars } from '../../ui/SignalBars.tsx'
import styles from './TileGrid.module.css'

export interface TileProps {
  readonly rect: TileRect
  readonly userId: string
  /** The person's name, which names the tile. */
  readonly displayName: string
  /** What stands on the label: the name, or the name with "you". */
  readonly label: string
  readonly path: 'local' | 'mesh' | 'sfu'
  readonly quality: LinkQuality
  readonly isMuted: boolean
  readonly isVideoShown: boolean
  readonly isMirrored: boolean
  /** Gets the element that shows the picture. */
  readonly ref: Ref<HTMLVideoElement>
  /** How the link is while it is not simply there, in words. */
  readonly link?: ReactNode
}

const levels = { good: 3, fair: 2, poor: 1, unknown: 0 } as const

/** One person: the picture or the initials, the name, and what others should know. */
export function Tile({ ref, ...props }: TileProps) {
  const { t } = useTranslation()
  const { rect, quality } = props
  return (
    <div
      role="group"
      aria-label={props.displayName}
      className={styles['tile']}
      data-testid="tile"
      data-user-id={props.userId}
      data-path={props.path}
      data-quality={quality}
      style={{
        width: rect.width,
        height: rect.height,
        transform: `translate(${rect.x}px, ${rect.y}px)`,
      }}
    >
      <video
        ref={ref}
        className={classNames(styles['video'], props.isMirrored && styles['mirrored'])}
        hidden={!props.isVideoShown}
        muted
        tabIndex={-1}
      />
      {props.isVideoShown ? null : (
        <div className={styles['initials']}>
          <Avatar name={props.displayName} size={Math.round(Math.min(rect.width, rect.height) * 0.36)} />
        </div>
      )}
      {props.link ? <span className={classNames(styles['state'], styles['link'])}>{props.link}</span> : null}
      <div className={styles['caption']}>
        <span className={styles['label']}>
          <span className={styles['name']}>{props.label}</span>
        </span>
        {props.isMuted ? (
          <span className={styles['state']}>
            <MicOff size={14} aria-hidden />
            {t('room.muted')}
          </span>
        ) : null}
        {quality === 'unknown' ? null : (
          <span className={classNames(styles['state'], styles['quality'])} data-quality={quality}>
            <SignalBars level={levels[quality]} label={t(`room.quality.${quality}`)} />
            {quality === 'good' ? null : (
              <span aria-hidden className={styles['qualityWords']}>
                {t(`room.qualityShort.${quality}`)}
              </span>
            )}
          </span>
        )}
      </div>
    </div>
  )
}
