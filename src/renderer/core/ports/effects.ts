/** What stands behind a person in their picture. The scenes are drawn by the app. */
export type BackgroundChoice = 'none' | 'blur' | 'bookshelf' | 'evening'

/** `standard` is what the browser does with any microphone; `strong` takes everything away that is no voice. */
export type NoiseSuppressionChoice = 'standard' | 'strong'

/**
 * How a background does. `starting`: nothing of the picture is sent yet. `simplified`: the machine is busy, so the whole picture is
 * blurred, the person as well. `unavailable`: it could not start, and nothing of the picture is sent.
 */
export type BackgroundState = 'off' | 'starting' | 'on' | 'simplified' | 'unavailable'

/** `unavailable`: the browser's own suppression goes on alone. */
export type NoiseSuppressionState = 'off' | 'starting' | 'on' | 'unavailable'

/** Puts something else behind the person, on the way from the camera to everybody. */
export interface BackgroundPort {
  /** From the next picture on; what shows the room never gets out once something else was chosen. */
  choose(choice: BackgroundChoice): void
  /** Gives up telling person from room while the machine is busy, or takes it up again. */
  simplify(isSimple: boolean): void
  /** Calls back with the state now and after each change; the answer ends it. */
  watch(listener: (state: BackgroundState) => void): () => void
}

/** Takes noise away, on the way from the microphone to everybody. */
export interface NoiseSuppressionPort {
  choose(choice: NoiseSuppressionChoice): void
  /** Calls back with the state now and after each change; the answer ends it. */
  watch(listener: (state: NoiseSuppressionState) => void): () => void
}
