/** Long enough to be no click, short enough that two copies with different delays are not heard as an echo. */
const FADE_MS = 60
const STEP_MS = 10

/** The volume of an element, in time. */
export interface VolumeFade {
  /** At once. */
  set(volume: number): void
  /** Evenly, so that one that fades in and one that fades out are together as loud as one. */
  fadeTo(volume: number): void
  stop(): void
}

export function createVolumeFade(element: Pick<HTMLMediaElement, 'volume'>, volume: number): VolumeFade {
  let timer: ReturnType<typeof setInterval> | null = null
  element.volume = volume

  function stop(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }

  return {
    set(next) {
      stop()
      element.volume = next
    },
    fadeTo(next) {
      stop()
      const start = element.volume
      if (start === next) return
      const startedAtMs = performance.now()
      timer = setInterval(() => {
        const ratio = Math.min(1, (performance.now() - startedAtMs) / FADE_MS)
        element.volume = start + (next - start) * ratio
        if (ratio === 1) stop()
      }, STEP_MS)
    },
    stop,
  }
}
