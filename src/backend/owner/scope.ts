/** Ends what was started, in the opposite order. */
export type Scope = {
  readonly add: (name: string, end: () => Promise<void>) => void
  /** Ends everything once; a second call waits for the first. */
  readonly end: () => Promise<void>
}

/** @param onError told of what could not be ended; the rest is ended all the same */
export function createScope(onError: (name: string, error: unknown) => void): Scope {
  const ends: { readonly name: string; readonly end: () => Promise<void> }[] = []
  let ending: Promise<void> | null = null
  const endAll = async (): Promise<void> => {
    for (const { name, end } of ends.toReversed()) {
      try {
        await end()
      } catch (error) {
        onError(name, error)
      }
    }
  }
  return {
    add: (name, end) => void ends.push({ name, end }),
    end: async () => await (ending ??= endAll()),
  }
}
