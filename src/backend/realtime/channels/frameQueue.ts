import type { ClientFrame } from '../protocol/messages.ts'

/** Frames of one channel, handled one after the other, also while one of them has to wait for something. */
export interface FrameQueue {
  /** Begins with something that the frames have to wait for. */
  begin(work: () => Promise<void>): void
  /** False when too many wait already. */
  push(frame: ClientFrame): boolean
}

export interface FrameQueueOptions {
  readonly maxWaiting: number
  /** Handles what can be handled at once; answers a promise when the next frame has to wait. */
  readonly handle: (frame: ClientFrame) => Promise<void> | null
  /** Must not throw. */
  readonly onFailure: (error: unknown) => void
}

export function createFrameQueue(options: FrameQueueOptions): FrameQueue {
  const waiting: ClientFrame[] = []
  let busy = false

  async function settle(work: Promise<void>): Promise<void> {
    busy = true
    try {
      await work
    } catch (error) {
      options.onFailure(error)
    }
    busy = false
    drain()
  }

  function drain(): void {
    while (!busy) {
      const frame = waiting.shift()
      if (frame === undefined) return
      try {
        const work = options.handle(frame)
        if (work !== null) void settle(work)
      } catch (error) {
        options.onFailure(error)
      }
    }
  }

  return {
    begin(work) {
      // Not at once: whoever begins has to be known before the work can end.
      void settle(Promise.resolve().then(work))
    },
    push(frame) {
      if (waiting.length >= options.maxWaiting) return false
      waiting.push(frame)
      drain()
      return true
    },
  }
}
