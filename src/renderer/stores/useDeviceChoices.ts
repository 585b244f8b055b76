import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { DeviceInfo } from '../core/ports/localMedia.ts'
import { useApp, useRoom } from './services.ts'

/** One device kind as a list to choose from. The value '' is the system's default. */
export interface DeviceChoice {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly isEmpty: boolean
  readonly choose: (deviceId: string) => void
}

/** Cameras, microphones and speakers as lists; a choice takes effect at once and is remembered. */
export function useDeviceChoices(): {
  readonly camera: DeviceChoice
  readonly microphone: DeviceChoice
  readonly speakers: DeviceChoice
} {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { localMedia } = useRoom()
  const { devices, chosen } = useStore(localMedia.store)

  const list = (kind: string, found: readonly DeviceInfo[], chosenId: string | null) => {
    const isThere = found.some((device) => device.deviceId === chosenId)
    return {
      label: kind,
      value: isThere && chosenId !== null ? chosenId : '',
      isEmpty: found.length === 0,
      options:
        found.length === 0
          ? [{ value: '', label: t('prejoin.noDevice') }]
          : [
              { value: '', label: t('prejoin.systemDefault') },
              ...found
                .filter((device) => device.deviceId !== '' && device.deviceId !== 'default')
                .map((device, index) => ({
                  value: device.deviceId,
                  label: device.label || t('prejoin.unnamedDevice', { kind, number: index + 1 }),
                })),
            ],
    }
  }
  const orDefault = (deviceId: string) => (deviceId === '' ? null : deviceId)

  return {
    camera: {
      ...list(t('prejoin.camera'), devices.cameras, chosen.cameraId),
      choose(deviceId) {
        settings.update({ devices: { cameraId: orDefault(deviceId) } })
        void localMedia.chooseCamera(orDefault(deviceId))
      },
    },
    microphone: {
      ...list(t('prejoin.microphone'), devices.microphones, chosen.microphoneId),
      choose(deviceId) {
        settings.update({ devices: { microphoneId: orDefault(deviceId) } })
        void localMedia.chooseMicrophone(orDefault(deviceId))
      },
    },
    speakers: {
      ...list(t('prejoin.speakers'), devices.speakers, chosen.speakerId),
      choose(deviceId) {
        settings.update({ devices: { speakerId: orDefault(deviceId) } })
        void localMedia.chooseSpeaker(orDefault(deviceId))
      },
    },
  }
}

/** The microphone's level as `LevelMeter` takes it. */
export function useLevel(): (listener: (level: number) => void) => () => void {
  const { localMedia } = useRoom()
  return useCallback((listener) => localMedia.subscribeToLevel(listener), [localMedia])
}
