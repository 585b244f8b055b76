import { createBackgroundStage } from '../adapters/background/createBackgroundStage.ts'
import { createCapturePort } from '../adapters/media/createCapturePort.ts'
import { createMediaSink } from '../adapters/media/createMediaSink.ts'
import { createPerceptionBoard } from '../adapters/media/createPerceptionBoard.ts'
import { createPlayback } from '../adapters/media/createPlayback.ts'
import { createTrackBoard } from '../adapters/media/tracks.ts'
import { createNoiseStage } from '../adapters/noiseSuppression/createNoiseStage.ts'
import { createEffects } from '../controllers/effects/createEffects.ts'
import { createLocalMedia } from '../controllers/localMedia/createLocalMedia.ts'
import { defaultSettings } from '../../shared/settings/settings.ts'
import type { DeviceServices } from '../stores/services.ts'
import type { SettingsStore } from '../stores/settingsStore.ts'
import { consoleLogger } from './consoleLogger.ts'
import { systemClock } from './systemClock.ts'

/** Devices for the settings while there is no call: nobody is there to see or hear anything of them. */
export interface DeviceCheck extends DeviceServices {
  /** Releases every device. */
  dispose(): void
}

/** Lists the devices and opens none. */
export function createDeviceCheck(settings: SettingsStore): DeviceCheck {
  const chosen = settings.store.getState().settings ?? defaultSettings
  const board = createTrackBoard()
  const background = createBackgroundStage({ logger: consoleLogger })
  const noiseSuppression = createNoiseStage({ logger: consoleLogger })
  const effects = createEffects({ background, noiseSuppression, chosen: chosen.effects })
  const playback = createPlayback(board, createPerceptionBoard())
  const localMedia = createLocalMedia({
    capture: createCapturePort({ board, stages: { camera: background, microphone: noiseSuppression } }),
    playback,
    clock: systemClock,
    chosen: chosen.devices,
    order: () => (settings.store.getState().settings ?? defaultSettings).deviceOrder,
  })
  void localMedia.start({ camera: false, microphone: false })
  return {
    localMedia,
    effects,
    sink: createMediaSink(board),
    dispose() {
      localMedia.dispose()
      effects.dispose()
      background.dispose()
      noiseSuppression.dispose()
      playback.dispose()
    },
  }
}
