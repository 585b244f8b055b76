import type { QualityChoice } from '../../../shared/settings/settings.ts'
import type { Picture } from './picture.ts'
import type { ScreenContent } from './screenEncoding.ts'

/** What is measured of one connection, since the reading before. Null: not measured. */
export interface LinkReading {
  readonly roundTripMs: number | null
  /** Share of our packets that the other side missed, 0 to 1 (RTCP receiver reports). */
  readonly sentLossRatio: number | null
  /** Share of the other side's packets that did not arrive, 0 to 1; null where nothing came. */
  readonly receivedLossRatio: number | null
  readonly jitterMs: number | null
  /** The browser's estimate of what may be sent (W3C webrtc-stats, `availableOutgoingBitrate`). */
  readonly availableOutgoingBps: number | null
  /** What was sent, sound and pictures. An estimate far above it has not been tried; one far below it is no estimate of the path. */
  readonly sentBps: number | null
  /** What keeps the encoder below what it was allowed (`qualityLimitationReason`). */
  readonly limitation: 'none' | 'bandwidth' | 'cpu' | 'other' | null
  /** Frames of the other's picture that were decoded. */
  readonly framesDecoded: number | null
  /** Frames of it that arrived and were dropped, because the machine was late. */
  readonly framesDropped: number | null
}

/** How the machine does. Null: nobody measures it. */
export interface MachineReading {
  /** The whole machine, 0 to 100. */
  readonly cpuLoadPercent: number | null
  readonly battery: { readonly isCharging: boolean; readonly levelRatio: number } | null
  readonly thermalState: 'nominal' | 'fair' | 'serious' | 'critical' | null
}

/** What somebody who receives our picture shows of it. `unknown`: an older app, which does not say. */
export type ReceiverWish =
  { readonly kind: 'unknown' } | { readonly kind: 'hidden' } | ({ readonly kind: 'shown' } & Picture)

/** A connection that we send on: to one person, or to the media server for everybody. */
export interface OutgoingLink {
  /** The other's connection id, or any fixed name for the server. */
  readonly linkId: string
  readonly path: 'mesh' | 'sfu'
  readonly reading: LinkReading | null
  /** Whether nothing arrives by it at the moment, though it was there. */
  readonly isInterrupted: boolean
  readonly wish: ReceiverWish
  /** Whether somebody behind it looks at our screen while we share one. */
  readonly isScreenSeen: boolean
}

/** Somebody's tile on our screen, in device pixels. */
export interface ShownTile {
  readonly connectionId: string
  readonly width: number
  readonly height: number
  /** The large one of a speaker view. */
  readonly isMain: boolean
}

/** How much the machine can do, by what it says of itself. */
export type DeviceClass = 'weak' | 'ordinary' | 'strong'

/** How large pictures are to begin with. */
export type StartingQuality = '720p' | '480p' | '360p' | 'audioOnly'

/** What the test before joining leaves to begin with. */
export interface StartingPoint {
  /** What may be sent in all, by the test; null: not measured. Holds for each new path until it has estimates of its own. */
  readonly uplinkBps: number | null
  /** Of our own picture, by what may be sent and what is lost. */
  readonly sends: StartingQuality
  /** Of others' pictures, by what may be received and what is lost. */
  readonly receives: StartingQuality
  /** What holds them down. */
  readonly reason: 'bandwidth' | 'loss'
  /** Whether the machine carries a background beside the call. */
  readonly carriesBackground: boolean
}

/** Everything that quality depends on. */
export interface QualityInput {
  /** Rises from call to call; any clock's milliseconds. */
  readonly nowMs: number
  readonly choice: QualityChoice
  /** Whether the person wants to see others at all. */
  readonly receivesVideo: boolean
  readonly isCameraOn: boolean
  /** What we share; null: nothing. */
  readonly sharedScreen: ScreenContent | null
  readonly deviceClass: DeviceClass
  readonly machine: MachineReading
  /** Something stands behind us in our picture. */
  readonly usesBlur: boolean
  /** Our voice goes through a noise suppression of our own. */
  readonly usesStrongNoise: boolean
  /** The person wants their background from the beginning, whatever the test before joining said. */
  readonly keepsBackground: boolean
  readonly view: 'grid' | 'speaker'
  /** Of the shared timer; null when none runs. */
  readonly focusPhase: 'focus' | 'break' | null
  readonly isWindowVisible: boolean
  /** Everybody else, by connection. */
  readonly people: readonly string[]
  /** Those of them who are on the screen. */
  readonly tiles: readonly ShownTile[]
  readonly links: readonly OutgoingLink[]
  /** What the test before joining found; null without one. */
  readonly start: StartingPoint | null
}
