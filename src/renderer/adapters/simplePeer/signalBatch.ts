import type { SignalData } from '../../../shared/realtime/roomEvents.ts'

/** Candidates of one network card come within a few milliseconds; more waiting would be felt when joining. */
const CANDIDATE_WINDOW_MS = 10

/** Collects what a peer hands out. Descriptions go at once, candidates gather for a moment. */
export interface SignalBatch {
  add(signal: SignalData): void
  stop(): void
}

export function createSignalBatch(send: (signals: readonly SignalData[]) => void): SignalBatch {
  let gathered: SignalData[] = []
  let timer: ReturnType<typeof setTimeout> | null = null

  function flush(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (gathered.length === 0) return
    const signals = gathered
    gathered = []
    send(signals)
  }

  return {
    add(signal) {
      gathered.push(signal)
      if (signal.type !== 'candidate') flush()
      else timer ??= setTimeout(flush, CANDIDATE_WINDOW_MS)
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      gathered = []
    },
  }
}
