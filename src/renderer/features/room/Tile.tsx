import { AudioLines, MicOff, ScreenShare } from 'lucide-react'
import { type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { TileRect } from '../../core/layout/planGrid.ts'
import type { LinkQuality } from '../../core/quality/selectLinkQuality.ts'
import { describeQuality } from '../../messages/describeQuality.ts'
import { PersonAvatar } from '../../components/PersonAvatar.tsx'
import { classNames } from '../../ui/classNames.ts'
import { SignalBars } from '../../ui/SignalBars.tsx'
import styles from './RoomTiles.module.css'
import type { PersonNote } from './usePersonNotes.ts'
import { TileHand } from './TileHand.tsx'

export interface TileProps {
  readonly rect: TileRect
  readonly userId: string
  /** The person's name, which names the tile. */
  readonly displayName: string
  /** Their picture, where no video is shown. */
  readonly avatar: string | null
  /** What stands on the label: the name, or the name with "you". */
  readonly label: string
  readonly path: 'local' | 'mesh' | 'sfu'
  readonly quality: LinkQuality
  readonly isMuted: boolean
  /** They speak, and it is a time in which that is told. */
  readonly isSpeaking?: boolean
  readonly isSharing: boolean
  readonly isVideoShown: boolean
  readonly isMirrored: boolean
  /** Gets the tile itself. */
  readonly ref?: Ref<HTMLDivElement>
  /** Gets the element that shows the picture. */
  readonly videoRef: Ref<HTMLVideoElement>
  /** What can be done with the tile. */
  readonly action?: ReactNode
  readonly isHandUp: boolean
  /** What they show for some seconds. */
  readonly reaction?: ReactNode
  /** What they are about to do here, as far as they tell. */
  readonly goal?: string | null
  /** What one has chosen about them for oneself. */
  readonly notes?: readonly PersonNote[]
  /** How the link is while it is not simply there, in words. */
  readonly link?: ReactNode
}

const levels = { good: 3, fair: 2, poor: 1, unknown: 0 } as const

/** One person: the video or their picture, the name, and what others should know. */
export function Tile({ ref, videoRef, ...props }: TileProps) {
  const { t } = useTranslation()
  const { rect, quality } = props
  return (
    <div
      ref={ref}
      role="group"
      aria-label={props.displayName}
      className={styles['tile']}
      data-testid="tile"
      data-user-id={props.userId}
      data-path={props.path}
      data-quality={quality.grade}
      data-speaking={props.isSpeaking === true || undefined}
      style={{
        width: rect.width,
        height: rect.height,
        transform: `translate(calc(var(--inline-sign) * ${rect.x}px), ${rect.y}px)`,
      }}
    >
      <video
        ref={videoRef}
        className={classNames(styles['video'], props.isMirrored && styles['mirrored'])}
        hidden={!props.isVideoShown}
        muted
        tabIndex={-1}
      />
      {props.isVideoShown ? null : (
        <div className={styles['initials']}>
          <PersonAvatar
            name={props.displayName}
            avatar={props.avatar}
            size={Math.round(Math.min(rect.width, rect.height) * 0.36)}
          />
        </div>
      )}
      {props.action ? <div className={styles['actions']}>{props.action}</div> : null}
      <div className={styles['notes']}>
        {props.isHandUp ? <TileHand /> : null}
        {props.link ? <span className={styles['state']}>{props.link}</span> : null}
        {props.notes?.map(({ text, title, icon: Icon }) => (
          <span key={text} className={styles['state']} title={title}>
            <Icon size={14} aria-hidden />
            <span className={styles['stateWords']}>{text}</span>
          </span>
        ))}
      </div>
      {props.reaction}
      <div className={styles['caption']}>
        <span className={styles['label']} title={props.goal ?? undefined}>
          <span className={styles['name']} dir="auto">
            {props.label}
          </span>
          {props.goal ? (
            <span className={styles['goal']} dir="auto">
              {props.goal}
            </span>
          ) : null}
        </span>
        {props.isSpeaking === true ? (
          <span className={classNames(styles['state'], styles['speaks'])} title={t('room.speaking')}>
            <AudioLines size={14} role="img" aria-label={t('room.speaking')} />
          </span>
        ) : null}
        {props.isMuted ? (
          <span className={styles['state']} title={t('room.muted')}>
            <MicOff size={14} aria-hidden />
            <span className={styles['stateWords']}>{t('room.muted')}</span>
          </span>
        ) : null}
        {props.isSharing ? (
          <span className={styles['state']} title={t('room.share.sharing')}>
            <ScreenShare size={14} aria-hidden />
            <span className={styles['stateWords']}>{t('room.share.sharing')}</span>
          </span>
        ) : null}
        <TileQuality quality={quality} />
      </div>
    </div>
  )
}

/** Bars and words; the words stand on the tile only where there is something to know. */
function TileQuality({ quality }: { readonly quality: LinkQuality }) {
  const { t } = useTranslation()
  if (quality.grade === 'unknown') return null
  const { short, full } = describeQuality(t, quality)
  const isWell = quality.grade === 'good' && quality.video !== 'paused'
  return (
    <span
      className={classNames(styles['state'], styles['quality'])}
      data-quality={quality.grade}
      title={full}
    >
      <SignalBars level={levels[quality.grade]} label={full} />
      {isWell ? null : (
        <span aria-hidden className={styles['qualityWords']}>
          {short}
        </span>
      )}
    </span>
  )
}
