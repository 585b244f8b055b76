import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useDevices } from '../stores/services.ts'
import styles from './OwnPicture.module.css'
import { PersonAvatar } from './PersonAvatar.tsx'
import { useOwnAvatar } from './useOwnAvatar.ts'

export interface OwnPictureProps {
  /** Shown with one's drawn picture, or as initials, while there is no picture. */
  readonly name: string
  /** Buttons over its lower edge. */
  readonly children?: ReactNode
}

/** What others see of me, or will, as in a mirror. */
export function OwnPicture({ name, children }: OwnPictureProps) {
  const { t } = useTranslation()
  const { effects, localMedia, sink } = useDevices()
  const camera = useStore(localMedia.store, (media) => media.camera.kind)
  const background = useStore(effects.store, (state) => state.background.state)
  const video = useRef<HTMLVideoElement>(null)
  const avatar = useOwnAvatar()
  useEffect(() => (video.current ? sink.attachVideo(video.current, { kind: 'local' }) : undefined), [sink])
  const isShown = camera === 'on' && background !== 'starting' && background !== 'unavailable'
  const placeholder =
    camera === 'starting'
      ? t('prejoin.cameraStarting')
      : camera === 'on' && background === 'starting'
        ? t('effects.backgroundStarting')
        : t('prejoin.cameraOff')
  return (
    <div className={styles['picture']}>
      <video
        ref={video}
        className={styles['video']}
        aria-label={t('prejoin.preview')}
        hidden={!isShown}
        muted
      />
      {isShown ? null : (
        <div className={styles['placeholder']}>
          <PersonAvatar name={name} avatar={avatar} size={96} />
          <p>{placeholder}</p>
        </div>
      )}
      <div className={styles['toggles']}>{children}</div>
    </div>
  )
}
