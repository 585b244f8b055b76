import type { EncodingsPort } from '../../core/ports/encodings.ts'
import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'

/** What is to be sent on which link, for whatever sends it. Change is told, never polled. */
export interface EncodingBoard extends EncodingsPort {
  /** Null: nothing was said of this link yet. */
  current(linkId: string): LinkEncoding | null
  /** Calls back each time something was said; the answer ends it. */
  subscribe(listener: () => void): () => void
}

export function createEncodingBoard(): EncodingBoard {
  let current: ReadonlyMap<string, LinkEncoding> = new Map()
  const listeners = new Set<() => void>()
  return {
    current: (linkId) => current.get(linkId) ?? null,
    set(encodings) {
      current = new Map(encodings.map((encoding) => [encoding.linkId, encoding]))
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
