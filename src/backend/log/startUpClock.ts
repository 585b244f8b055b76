/** Measures the named steps of a start. Steps may overlap, so they do not add up to the total. */
export type StartUpClock = {
  /** Runs `work`, and remembers how long it took. */
  readonly measure: <T>(step: string, work: () => Promise<T>) => Promise<T>
  /** Milliseconds since the clock was made. */
  readonly elapsedMs: () => number
  /** One line for the log, such as `ready in 912 ms: lock 3, postgres 240`. */
  readonly summary: () => string
}

/** @param now milliseconds of a monotonic clock */
export function createStartUpClock(
  onStep: (step: string) => void = () => {},
  now: () => number = () => performance.now(),
): StartUpClock {
  const startedMs = now()
  const steps: { readonly name: string; readonly tookMs: number }[] = []
  const elapsedMs = (): number => Math.round(now() - startedMs)
  return {
    measure: async (name, work) => {
      onStep(name)
      const beganMs = now()
      try {
        return await work()
      } finally {
        steps.push({ name, tookMs: Math.round(now() - beganMs) })
      }
    },
    elapsedMs,
    summary: () =>
      `ready in ${elapsedMs()} ms: ${steps.map((step) => `${step.name} ${step.tookMs}`).join(', ')}`,
  }
}
