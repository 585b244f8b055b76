import type { LinkEncoding } from '../quality/qualityPlan.ts'

/** The name of the link to the media server. */
export const SFU_LINK_ID = 'sfu'

/** What every connection sends at most. Whatever carries the call follows it, also connections that open later. */
export interface EncodingsPort {
  /** Replaces what was said of all links before. Saying the same again is worth something after the camera has changed its size. */
  set(encodings: readonly ({ readonly linkId: string } & LinkEncoding)[]): void
}
