import type { LinkEncoding } from '../quality/qualityPlan.ts'

/** What every connection sends at most. Whatever carries the call follows it, also connections that open later. */
export interface EncodingsPort {
  /** Replaces what was said of all links before. Saying the same again is worth something after the camera has changed its size. */
  set(encodings: readonly ({ readonly linkId: string } & LinkEncoding)[]): void
}
