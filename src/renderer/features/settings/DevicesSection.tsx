import { Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import {
  BackgroundField,
  CameraField,
  MicrophoneField,
  NoiseField,
  SpeakersField,
} from '../../components/DeviceFields.tsx'
import { DeviceNotices } from '../../components/DeviceNotices.tsx'
import { OwnPicture } from '../../components/OwnPicture.tsx'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { useDevices, useMaybeRoom } from '../../stores/services.ts'
import { useLevel } from '../../stores/useDeviceChoices.ts'
import { Button } from '../../ui/Button.tsx'
import { LevelMeter } from '../../ui/LevelMeter.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Settings.module.css'
import { OwnBackground } from './OwnBackground.tsx'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** Camera, microphone and speakers, to look at and to listen to. Nothing turns on by itself. */
export function DevicesSection() {
  const { t } = useTranslation()
  const { localMedia } = useDevices()
  const isInRoom = useMaybeRoom() !== null
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  const subscribeToLevel = useLevel()
  const [{ displayName, joinMuted, joinCameraOff, listensFirst }, update] = useSettings()
  const silence = isInRoom ? t('settings.devices.microphoneMuted') : t('settings.devices.microphoneOff')
  return (
    <>
      <SettingsGroup>
        <p className={styles['hint']}>
          {isInRoom
            ? t('settings.devices.inRoom')
            : `${t('settings.devices.nobody')} ${t('settings.devices.permission')}`}
        </p>
        <div className={styles['preview']}>
          <OwnPicture name={displayName ?? ''}>{isInRoom ? null : <TryButtons />}</OwnPicture>
        </div>
        <DeviceNotices />
        <div className={styles['pair']}>
          <CameraField />
          <BackgroundField />
        </div>
        <OwnBackground />
        <div className={styles['stack']}>
          <div className={styles['pair']}>
            <MicrophoneField />
            <NoiseField />
          </div>
          <LevelMeter subscribe={subscribeToLevel} />
          <p className={styles['hint']}>{isHeard ? t('prejoin.levelHint') : silence}</p>
        </div>
        <SpeakersField />
      </SettingsGroup>
      <SettingsGroup title={t('settings.devices.joining')}>
        <Switch
          label={t('settings.devices.joinMuted')}
          checked={joinMuted}
          onChange={(next) => update({ joinMuted: next })}
        />
        <Switch
          label={t('settings.devices.joinCameraOff')}
          checked={joinCameraOff}
          onChange={(next) => update({ joinCameraOff: next })}
        />
        <Switch
          label={t('settings.devices.listensFirst')}
          hint={t('settings.devices.listensFirstHint')}
          checked={listensFirst}
          onChange={(next) => update({ listensFirst: next })}
        />
      </SettingsGroup>
    </>
  )
}

/** Outside a room: what is turned on here is for oneself, and changes nothing for the next time. */
function TryButtons() {
  const { t } = useTranslation()
  const { localMedia } = useDevices()
  const isCameraOn = useStore(
    localMedia.store,
    ({ camera }) => camera.kind === 'on' || camera.kind === 'starting',
  )
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  return (
    <>
      <Button
        icon={isHeard ? <Mic size={18} aria-hidden /> : <MicOff size={18} aria-hidden />}
        onClick={() => void localMedia.setMuted(isHeard)}
      >
        {isHeard ? t('settings.devices.stopMicrophone') : t('settings.devices.tryMicrophone')}
      </Button>
      <Button
        icon={isCameraOn ? <Video size={18} aria-hidden /> : <VideoOff size={18} aria-hidden />}
        onClick={() => void localMedia.setCameraOn(!isCameraOn)}
      >
        {isCameraOn ? t('settings.devices.stopCamera') : t('settings.devices.tryCamera')}
      </Button>
    </>
  )
}
