import type { Result } from '../../../shared/result.ts'

/** What has moved so far: `atMs` since the request was sent, `bytes` in all. */
export interface TransferProgress {
  readonly atMs: number
  readonly bytes: number
}

/** One transfer, as far as it came within its time. */
export interface Transfer {
  /** From sending the request to the first byte of the answer, in milliseconds; null where no answer came in time. */
  readonly answerMs: number | null
  /** In the order of time, at least one. */
  readonly progress: readonly TransferProgress[]
}

/** `unreachable`: no answer. `rate_limited`: tested too often in a short time. `cancelled` by its owner. */
export type TransferFailure = 'unreachable' | 'rate_limited' | 'cancelled'

/**
 * What UDP through a relay carries. `none`: no relay is configured, nothing was tried. `blocked`: no way through in time.
 * `lossRatio` is 0 to 1 of a stream of the size of a call's.
 */
export type RelayReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'works'; readonly lossRatio: number; readonly roundTripMs: number }

/** Something under way that its owner may give up. */
export interface Measurement<T> {
  readonly outcome: Promise<T>
  cancel(): void
}

/** Measures the way to the backend. Nothing rejects; each keeps to its limit. */
export interface ConnectionTestPort {
  download(limits: {
    readonly bytes: number
    readonly timeMs: number
  }): Measurement<Result<Transfer, TransferFailure>>
  upload(limits: {
    readonly bytes: number
    readonly timeMs: number
  }): Measurement<Result<Transfer, TransferFailure>>
  relay(limits: { readonly timeMs: number }): Measurement<RelayReading>
}
