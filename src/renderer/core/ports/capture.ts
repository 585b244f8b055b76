import type { Result } from '../../../shared/result.ts'
import type { CaptureProfile } from '../quality/qualityPlan.ts'
import type { CaptureFailure, DeviceList } from './localMedia.ts'

export type CaptureKind = 'camera' | 'microphone'

/** A camera or microphone that runs. It reaches other people only by `CapturePort.publish`. */
export interface CapturedDevice {
  readonly deviceId: string
  readonly label: string
  /** Disabled: black or silence at once, while the device stays open. */
  setEnabled(enabled: boolean): void
  /** Unplugged, or taken away by the system. Not called after `close()`. */
  onLost(listener: () => void): void
  /** Releases the device. May be repeated. */
  close(): void
}

/** The machine's cameras and microphones. */
export interface CapturePort {
  /** Null opens the system's default. The device starts enabled for a camera, disabled for a microphone. Never rejects. */
  open(kind: CaptureKind, deviceId: string | null): Promise<Result<CapturedDevice, CaptureFailure>>
  /** Whether the person is still being asked for devices of this kind, so that nothing can have opened yet. Never rejects. */
  isAsking(kind: CaptureKind): Promise<boolean>
  /**
   * What cameras are asked for from now on, the one that runs included; resolves when that has come to be, or cannot. Of several wishes
   * only the latest counts. Never rejects.
   */
  shapeCamera(profile: CaptureProfile): Promise<void>
  /** What is sent to others and shown as our own picture from now on. */
  publish(kind: CaptureKind, device: CapturedDevice | null): void
  listDevices(): Promise<DeviceList>
  /** Something was plugged in or out; the answer ends it. */
  subscribeToDevices(listener: () => void): () => void
  /** The published microphone's level, 0 to 1, about 15 times a second; measured only while somebody listens. */
  subscribeToLevel(listener: (level: number) => void): () => void
}

/** To try the speaker; a focus phase begins; a break begins. */
export type ShortSound = 'test' | 'focus' | 'break'

/** Where other people's voices come out. */
export interface PlaybackPort {
  /** Null: the system's default. A speaker that is gone falls back to it. Never rejects. */
  setSpeaker(deviceId: string | null): Promise<void>
  /** On the speaker of the moment; resolves when it is over, also when nothing can play it. */
  playSound(sound: ShortSound): Promise<void>
}
