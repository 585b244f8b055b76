import type { Transfer } from '../ports/connectionTest.ts'

/** A transfer begins slowly (RFC 9002 and 5681 call it slow start): what comes before this share of its time is left out. */
const SLOW_START_SHARE = 0.25
/** What is too short to tell anything by itself is taken whole. */
const SHORT_TRANSFER_MS = 200

/** Bits per second of a transfer once it was under way; 0 where nothing moved. */
export function selectTransferRateBps(transfer: Transfer): number {
  const last = transfer.progress.at(-1)
  if (last === undefined || last.bytes === 0) return 0
  const beganAtMs = Math.min(transfer.answerMs ?? 0, last.atMs)
  const durationMs = last.atMs - beganAtMs
  if (durationMs < SHORT_TRANSFER_MS) return toBps(last.bytes, last.atMs)
  const settled = transfer.progress.find(({ atMs }) => atMs - beganAtMs >= durationMs * SLOW_START_SHARE)
  if (settled === undefined || settled === last) return toBps(last.bytes, last.atMs)
  return toBps(last.bytes - settled.bytes, last.atMs - settled.atMs)
}

function toBps(bytes: number, durationMs: number): number {
  return Math.round((bytes * 8_000) / Math.max(1, durationMs))
}

/** The first upload: small enough for a slow line to finish in time. */
export const FIRST_UPLOAD_BYTES = 64 * 1024

/**
 * How much to send next, so that it takes about `aimMs`: the first upload is mostly the way there and back. Null when the one
 * before tells enough: it took long, or it did not get through.
 */
export function planNextUploadBytes(
  before: Transfer,
  options: { readonly aimMs: number; readonly maxBytes: number },
): number | null {
  const last = before.progress.at(-1)
  if (last === undefined || last.bytes < FIRST_UPLOAD_BYTES) return null
  if (last.atMs >= options.aimMs) return null
  const bytes = Math.round((last.bytes / Math.max(1, last.atMs)) * options.aimMs)
  return Math.min(options.maxBytes, Math.max(2 * FIRST_UPLOAD_BYTES, bytes))
}
