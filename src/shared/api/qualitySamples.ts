import { z } from 'zod'

const bpsSchema = z.int().min(0).max(10_000_000_000).nullable()
const bytesSchema = z.int().min(0).max(150_000_000_000).nullable()
const millisecondsSchema = z.number().min(0).max(60_000).nullable()
const pixelsSchema = z.int().min(1).max(16_384).nullable()

/**
 * What a client measured of its call over the last minute: the argument `p_sample` of `record_quality_sample`. Null is what
 * could not be known. The database holds it to the same bounds.
 */
export const qualitySampleSchema = z.object({
  /** How long was measured. */
  windowMs: z.int().min(1_000).max(120_000),
  topology: z.enum(['mesh', 'sfu']),
  /** The kind of our own candidate in use; the worst one where links differ. */
  pathKind: z.enum(['host', 'srflx', 'relay', 'unknown']),
  rttMs: millisecondsSchema,
  /** Share of the packets from others that were lost, 0 to 1. */
  lossRatio: z.number().min(0).max(1).nullable(),
  jitterMs: millisecondsSchema,
  /** Of the largest picture that arrived. */
  frameWidth: pixelsSchema,
  frameHeight: pixelsSchema,
  fps: z.number().min(0).max(240).nullable(),
  videoUpBps: bpsSchema,
  videoDownBps: bpsSchema,
  audioUpBps: bpsSchema,
  audioDownBps: bpsSchema,
  bytesSent: bytesSchema,
  bytesReceived: bytesSchema,
  cpuLoadPercent: z.number().min(0).max(100).nullable(),
  /** Media connections that were opened in the window, and how many of those came to be. */
  connectionAttempts: z.int().min(0).max(10_000).nullable(),
  connectionSuccesses: z.int().min(0).max(10_000).nullable(),
  /** What held our own picture back, as WebRTC tells it. */
  limitation: z.enum(['none', 'cpu', 'bandwidth', 'other']).nullable(),
})
export type QualitySample = z.infer<typeof qualitySampleSchema>
