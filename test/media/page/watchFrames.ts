/** The longest times without a new picture, in milliseconds. */
export interface FrameGaps {
  /** Of all but the next. */
  readonly longestMs: number
  /** The one in which the path was changed; null when it was not. */
  readonly atSwapMs: number | null
}

/** When new pictures of people were shown. */
export interface FrameWatch {
  note(name: string, atMs: number): void
  /** From now on their picture comes by another path. */
  noteSwap(name: string): void
  /** They are gone: nothing is missed from now on. */
  forget(name: string): void
  /** What was missed of each person since the last call; a time that still runs counts. */
  takeGaps(): Record<string, FrameGaps>
}

interface Watched {
  lastMs: number
  longestMs: number
  atSwapMs: number | null
  isSwapping: boolean
}

export function watchFrames(): FrameWatch {
  const people = new Map<string, Watched>()

  function measure(watched: Watched, atMs: number): void {
    const gapMs = atMs - watched.lastMs
    if (watched.isSwapping) watched.atSwapMs = Math.max(watched.atSwapMs ?? 0, gapMs)
    else watched.longestMs = Math.max(watched.longestMs, gapMs)
  }

  return {
    note(name, atMs) {
      const watched = people.get(name)
      if (watched === undefined) {
        people.set(name, { lastMs: atMs, longestMs: 0, atSwapMs: null, isSwapping: false })
        return
      }
      measure(watched, atMs)
      watched.lastMs = atMs
      watched.isSwapping = false
    },
    noteSwap(name) {
      const watched = people.get(name)
      if (watched !== undefined) watched.isSwapping = true
    },
    forget: (name) => void people.delete(name),
    takeGaps() {
      const nowMs = performance.now()
      const taken: Record<string, FrameGaps> = {}
      for (const [name, watched] of people) {
        measure(watched, nowMs)
        taken[name] = { longestMs: watched.longestMs, atSwapMs: watched.atSwapMs }
        people.set(name, { ...watched, longestMs: 0, atSwapMs: null })
      }
      return taken
    },
  }
}
