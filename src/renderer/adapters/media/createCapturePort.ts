import type { CapturedDevice, CaptureKind, CapturePort } from '../../core/ports/capture.ts'
import type { CaptureProfile } from '../../core/quality/qualityPlan.ts'
import type { DeviceInfo, DeviceList } from '../../core/ports/localMedia.ts'
import { err, ok } from '../../../shared/result.ts'
import { isDeviceGone, toCaptureFailure } from './captureFailure.ts'
import { createCameraShape, toVideoConstraints } from './createCameraShape.ts'
import { createLevelMeter } from './levelMeter.ts'
import type { TrackStage } from './trackStage.ts'
import type { TrackBoard } from './tracks.ts'

const DEFAULT_PROFILE: CaptureProfile = { width: 640, height: 480, frameRate: 24 }

/** Cameras and microphones by `getUserMedia`, each asked for alone, so that one failing never takes the other with it. */
export function createCapturePort(deps: {
  readonly board: TrackBoard
  /** What cameras are asked for until `shapeCamera`; 640×480@24 unless told. */
  readonly profile?: CaptureProfile
  /** What tracks go through before they are published. */
  readonly stages?: Readonly<Record<CaptureKind, TrackStage>>
}): CapturePort {
  const camera = createCameraShape(deps.profile ?? DEFAULT_PROFILE)
  const trackOf = new WeakMap<CapturedDevice, MediaStreamTrack>()
  const meter = createLevelMeter(deps.board)

  return {
    async open(kind, deviceId) {
      try {
        const track = await openTrack(kind, deviceId, camera.profile())
        const device = toDevice(track, deps.board)
        // Nothing is heard before the person says so.
        if (kind === 'microphone') deps.board.setEnabled(track, false)
        trackOf.set(device, track)
        return ok(device)
      } catch (error) {
        return err(toCaptureFailure(error))
      }
    },
    async isAsking(kind) {
      try {
        return (await navigator.permissions.query({ name: kind })).state === 'prompt'
      } catch {
        return false
      }
    },
    shapeCamera: (profile) => camera.shape(profile),
    publish(kind, device) {
      const source = device === null ? null : (trackOf.get(device) ?? null)
      const show = (track: MediaStreamTrack | null) => deps.board.setLocal(kind, track)
      const stage = deps.stages?.[kind]
      if (stage === undefined) show(source)
      else stage.feed(source, show)
      if (kind === 'camera') camera.follow(source)
    },
    listDevices,
    subscribeToDevices(listener) {
      navigator.mediaDevices.addEventListener('devicechange', listener)
      return () => navigator.mediaDevices.removeEventListener('devicechange', listener)
    },
    subscribeToLevel: (listener) => meter.subscribe(listener),
  }
}

async function openTrack(
  kind: CaptureKind,
  deviceId: string | null,
  profile: CaptureProfile,
): Promise<MediaStreamTrack> {
  try {
    return await requestTrack(kind, deviceId, profile)
  } catch (error) {
    if (deviceId === null || !isDeviceGone(error)) throw error
    return await requestTrack(kind, null, profile)
  }
}

async function requestTrack(
  kind: CaptureKind,
  deviceId: string | null,
  profile: CaptureProfile,
): Promise<MediaStreamTrack> {
  const device = deviceId === null ? {} : { deviceId: { exact: deviceId } }
  const constraints: MediaStreamConstraints =
    kind === 'camera'
      ? { video: { ...device, ...toVideoConstraints(profile) } }
      : {
          audio: {
            ...device,
            echoCancellation: true,
            noiseSuppression: true,
            autoGainControl: true,
            channelCount: { ideal: 1 },
          },
        }
  const stream = await navigator.mediaDevices.getUserMedia(constraints)
  const [track] = stream.getTracks()
  if (track === undefined) throw new DOMException('no track', 'NotFoundError')
  track.contentHint = kind === 'camera' ? 'motion' : 'speech'
  return track
}

function toDevice(track: MediaStreamTrack, board: TrackBoard): CapturedDevice {
  let handleEnded: (() => void) | null = null
  return {
    deviceId: track.getSettings().deviceId ?? '',
    label: track.label,
    setEnabled(enabled) {
      board.setEnabled(track, enabled)
    },
    onLost(listener) {
      if (handleEnded !== null) track.removeEventListener('ended', handleEnded)
      handleEnded = listener
      track.addEventListener('ended', listener)
    },
    close() {
      if (handleEnded !== null) track.removeEventListener('ended', handleEnded)
      handleEnded = null
      track.stop()
    },
  }
}

async function listDevices(): Promise<DeviceList> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  const ofKind = (kind: MediaDeviceKind): readonly DeviceInfo[] =>
    devices
      // Without permission there are entries without an id; nothing can be chosen by them.
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }))
  return {
    cameras: ofKind('videoinput'),
    microphones: ofKind('audioinput'),
    speakers: ofKind('audiooutput'),
  }
}
