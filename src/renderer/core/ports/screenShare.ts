import type { Result } from '../../../shared/result.ts'
import type { ShareChoice, ShareSource, SharingMeans } from '../../../shared/ipc/screenShare.ts'
import type { ScreenContent } from '../quality/screenEncoding.ts'

/** Why no screen came. `cancelled`: whoever was asked for it said no, or chose nothing. `denied`: the system does not allow it. */
export type ScreenFailure = 'cancelled' | 'denied' | 'missing' | 'failed'

/** What became of the computer's sound. `refused`: it came with the call's own voices in it, and was stopped. */
export type SharedSound = 'none' | 'shared' | 'refused'

/** A screen or window that is captured. It reaches other people only by `ScreenCapturePort.publish`. */
export interface CapturedScreen {
  readonly sound: SharedSound
  /** Ended from outside: the window was closed, or the system's own bar said so. Not called after `close()`. */
  onEnded(listener: () => void): void
  /** Ends it. May be repeated. */
  close(): void
}

/** The computer's screens. */
export interface ScreenCapturePort {
  /** Asks for what was chosen, or has the system ask. Never rejects. */
  open(options: {
    readonly content: ScreenContent
    readonly withSound: boolean
  }): Promise<Result<CapturedScreen, ScreenFailure>>
  /** What is sent to others from now on; null: nothing. */
  publish(screen: CapturedScreen | null): void
}

/** The app's own process, which knows what there is to share and gives it to who chose it. */
export interface ScreenSourcesPort {
  /** Null: it does not answer. */
  means(): Promise<SharingMeans | null>
  /** Null: the list could not be had. */
  list(): Promise<readonly ShareSource[] | null>
  /** For the next request for a screen. False: it is not there any more. */
  choose(choice: ShareChoice): Promise<boolean>
  /** False: it could not be opened. */
  openPermissions(): Promise<boolean>
}
