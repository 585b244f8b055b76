import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Settings, SettingsPatch } from '../../shared/settings/settings.ts'
import { rememberDevice, selectDevice } from '../core/media/selectDevice.ts'
import type { DeviceInfo } from '../core/ports/localMedia.ts'
import { useApp, useDevices } from './services.ts'

const noOrder: Settings['deviceOrder'] = { cameras: [], microphones: [], speakers: [] }

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
  const { localMedia } = useDevices()
  const { devices, chosen } = useStore(localMedia.store)
  const order = useStore(settings.store, (state) => state.settings?.deviceOrder ?? noOrder)

  const list = (kind: string, found: readonly DeviceInfo[], usedId: string | null) => {
    const isThere = found.some((device) => device.deviceId === usedId)
    return {
      label: kind,
      value: isThere && usedId !== null ? usedId : '',
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
  const remember = (
    kind: keyof typeof noOrder,
    devicesPatch: SettingsPatch['devices'],
    deviceId: string | null,
  ) =>
    settings.update({
      devices: devicesPatch,
      deviceOrder: { ...order, [kind]: rememberDevice(order[kind], deviceId) },
    })
  const orDefault = (deviceId: string) => (deviceId === '' ? null : deviceId)

  return {
    camera: {
      ...list(
        t('prejoin.camera'),
        devices.cameras,
        selectDevice(chosen.cameraId, order.cameras, devices.cameras),
      ),
      choose(deviceId) {
        remember('cameras', { cameraId: orDefault(deviceId) }, orDefault(deviceId))
        void localMedia.chooseCamera(orDefault(deviceId))
      },
    },
    microphone: {
      ...list(
        t('prejoin.microphone'),
        devices.microphones,
        selectDevice(chosen.microphoneId, order.microphones, devices.microphones),
      ),
      choose(deviceId) {
        remember('microphones', { microphoneId: orDefault(deviceId) }, orDefault(deviceId))
        void localMedia.chooseMicrophone(orDefault(deviceId))
      },
    },
    speakers: {
      ...list(
        t('prejoin.speakers'),
        devices.speakers,
        selectDevice(chosen.speakerId, order.speakers, devices.speakers),
      ),
      choose(deviceId) {
        remember('speakers', { speakerId: orDefault(deviceId) }, orDefault(deviceId))
        void localMedia.chooseSpeaker(orDefault(deviceId))
      },
    },
  }
}

/** The microphone's level as `LevelMeter` takes it. */
export function useLevel(): (listener: (level: number) => void) => () => void {
  const { localMedia } = useDevices()
  return useCallback((listener) => localMedia.subscribeToLevel(listener), [localMedia])
}
