/** A device that a person may choose. `label` is empty until permission was given. */
export interface DeviceInfo {
  readonly deviceId: string
  readonly label: string
}

/** What there is to choose from. */
export interface DeviceList {
  readonly cameras: readonly DeviceInfo[]
  readonly microphones: readonly DeviceInfo[]
  readonly speakers: readonly DeviceInfo[]
}

/** Why a device does not run. `denied` by the person or the system; `missing`: none there; `busy`: another program holds it. */
export type CaptureFailure = 'denied' | 'missing' | 'busy' | 'failed'

/** One capture device. `off` is a choice, `unavailable` is not. `isLate`: it should have started by now, and is taken when it has. */
export type CaptureState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting'; readonly isLate: boolean }
  | { readonly kind: 'on'; readonly deviceId: string; readonly label: string }
  | { readonly kind: 'unavailable'; readonly reason: CaptureFailure }

/** Our own camera and microphone and what there is to choose from. Serialisable. */
export interface LocalMediaSnapshot {
  readonly camera: CaptureState
  readonly microphone: CaptureState
  /** The microphone runs but nothing of it is sent. */
  readonly isMuted: boolean
  readonly devices: DeviceList
  /** What the person chose; null: the system's default. */
  readonly chosen: {
    readonly cameraId: string | null
    readonly microphoneId: string | null
    readonly speakerId: string | null
  }
}
