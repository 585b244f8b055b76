import type { Result } from '../../../shared/result.ts'

/** What stands behind a person in their picture. The scenes are drawn by the app; `picture` is the person's own. */
export type BackgroundChoice = 'none' | 'blur' | 'bookshelf' | 'evening' | 'picture'

/** `standard` is what the browser does with any microphone; `strong` takes everything away that is no voice. */
export type NoiseSuppressionChoice = 'standard' | 'strong'

/**
 * How far effects give way to a call. `simple`: nobody tells person from room any more, and the whole picture is blurred. `least`: that is
 * done twice a second and no more, and noise is left to the browser. What was to hide the room hides it all the same.
 */
export type EffectRelief = 'none' | 'simple' | 'least'

/**
 * How a background does. `starting`: nothing of the picture is sent yet. `simplified`: the whole picture is blurred, the person as well,
 * to make it easier for the machine. `resting`: the same, with two pictures a second. `withoutPicture`: the person's own is gone or cannot be read, so the room is blurred instead.
 * `unavailable`: it could not start, and nothing of the picture is sent.
 */
export type BackgroundState =
  'off' | 'starting' | 'on' | 'simplified' | 'resting' | 'withoutPicture' | 'unavailable'

/** `resting`, to make it easier for the machine, and `unavailable`: the browser's own suppression goes on alone. */
export type NoiseSuppressionState = 'off' | 'starting' | 'on' | 'resting' | 'unavailable'

/** Puts something else behind the person, on the way from the camera to everybody. */
export interface BackgroundPort {
  /** From the next picture on; what shows the room never gets out once something else was chosen. */
  choose(choice: BackgroundChoice): void
  /** Gives way from the next picture on, or takes up again what was given up. */
  relieve(relief: EffectRelief): void
  /** Calls back with the state now and after each change; the answer ends it. */
  watch(listener: (state: BackgroundState) => void): () => void
}

/**
 * Why a picture was not taken. `tooLarge`: the file, or what it unpacks to; `notAPicture`: none of the formats; `unreadable`: one of them,
 * and broken; `notKept`: there was no place to keep it.
 */
export type PictureFailure = { readonly kind: 'tooLarge' | 'notAPicture' | 'unreadable' | 'notKept' }

/** A picture that is kept, by an address that works as long as this page. */
export interface KeptPicture {
  readonly url: string
}

/** The person's own background, kept on this computer. */
export interface BackgroundPicturePort {
  /** Null where there is none, or none that can be read. */
  load(): Promise<KeptPicture | null>
  /** Takes the picture in place of the one before, made as small as a call needs it and without anything that is no pixel. */
  keep(file: ArrayBuffer): Promise<Result<KeptPicture, PictureFailure>>
  /** False where it could not be removed. */
  remove(): Promise<boolean>
}

/** Takes noise away, on the way from the microphone to everybody. */
export interface NoiseSuppressionPort {
  choose(choice: NoiseSuppressionChoice): void
  /** Calls back with the state now and after each change; the answer ends it. */
  watch(listener: (state: NoiseSuppressionState) => void): () => void
}
